"""Landscapes: losses over two parameters, in pure JAX, without display."""

from landscapes.data.classifier import Classifier
from landscapes.data.line import Line
from landscapes.data.rare_feature import RareFeature
from landscapes.data.tables import AmbiguousNumbers, TableError, read_table
from landscapes.formula.formula import from_formula
from landscapes.formula.words import FormulaError
from landscapes.landscape import FAMILIES, Landscape, grid, losses_at
from landscapes.stationary import StationaryPoint, stationary_points
from landscapes.surfaces.bowls_and_valleys.beale import Beale
from landscapes.surfaces.bowls_and_valleys.booth import Booth
from landscapes.surfaces.bowls_and_valleys.bowl import Bowl
from landscapes.surfaces.bowls_and_valleys.bukin import Bukin
from landscapes.surfaces.bowls_and_valleys.dixon_price import DixonPrice
from landscapes.surfaces.bowls_and_valleys.goldstein_price import GoldsteinPrice
from landscapes.surfaces.bowls_and_valleys.matyas import Matyas
from landscapes.surfaces.bowls_and_valleys.mccormick import McCormick
from landscapes.surfaces.bowls_and_valleys.ravine import Ravine
from landscapes.surfaces.bowls_and_valleys.rosenbrock import Rosenbrock
from landscapes.surfaces.bowls_and_valleys.shifted_sphere import ShiftedSphere
from landscapes.surfaces.bowls_and_valleys.zakharov import Zakharov
from landscapes.surfaces.many_minima.ackley import Ackley
from landscapes.surfaces.many_minima.bohachevsky import Bohachevsky
from landscapes.surfaces.many_minima.branin import Branin
from landscapes.surfaces.many_minima.cross_in_tray import CrossInTray
from landscapes.surfaces.many_minima.double_well import DoubleWell
from landscapes.surfaces.many_minima.drop_wave import DropWave
from landscapes.surfaces.many_minima.eggholder import Eggholder
from landscapes.surfaces.many_minima.griewank import Griewank
from landscapes.surfaces.many_minima.himmelblau import Himmelblau
from landscapes.surfaces.many_minima.holder_table import HolderTable
from landscapes.surfaces.many_minima.keane import Keane
from landscapes.surfaces.many_minima.levy import Levy
from landscapes.surfaces.many_minima.michalewicz import Michalewicz
from landscapes.surfaces.many_minima.rastrigin import Rastrigin
from landscapes.surfaces.many_minima.schaffer import Schaffer
from landscapes.surfaces.many_minima.schwefel import Schwefel
from landscapes.surfaces.many_minima.six_hump_camel import SixHumpCamel
from landscapes.surfaces.many_minima.styblinski_tang import StyblinskiTang
from landscapes.surfaces.many_minima.three_hump_camel import ThreeHumpCamel
from landscapes.surfaces.many_minima.wells import Wells
from landscapes.surfaces.saddles_and_plateaus.cliff import Cliff
from landscapes.surfaces.saddles_and_plateaus.easom import Easom
from landscapes.surfaces.saddles_and_plateaus.monkey_saddle import MonkeySaddle
from landscapes.surfaces.saddles_and_plateaus.plateau import Plateau
from landscapes.surfaces.saddles_and_plateaus.saddle import Saddle

LANDSCAPES: dict[str, type[Landscape]] = {
    "bowl": Bowl,
    "shifted_sphere": ShiftedSphere,
    "booth": Booth,
    "matyas": Matyas,
    "ravine": Ravine,
    "rosenbrock": Rosenbrock,
    "beale": Beale,
    "dixon_price": DixonPrice,
    "zakharov": Zakharov,
    "mccormick": McCormick,
    "goldstein_price": GoldsteinPrice,
    "bukin": Bukin,
    "saddle": Saddle,
    "monkey_saddle": MonkeySaddle,
    "plateau": Plateau,
    "cliff": Cliff,
    "easom": Easom,
    "double_well": DoubleWell,
    "himmelblau": Himmelblau,
    "branin": Branin,
    "three_hump_camel": ThreeHumpCamel,
    "six_hump_camel": SixHumpCamel,
    "styblinski_tang": StyblinskiTang,
    "wells": Wells,
    "bohachevsky": Bohachevsky,
    "rastrigin": Rastrigin,
    "ackley": Ackley,
    "griewank": Griewank,
    "levy": Levy,
    "schwefel": Schwefel,
    "michalewicz": Michalewicz,
    "drop_wave": DropWave,
    "schaffer": Schaffer,
    "keane": Keane,
    "cross_in_tray": CrossInTray,
    "holder_table": HolderTable,
    "eggholder": Eggholder,
    "line": Line,
    "rare_feature": RareFeature,
    "classifier": Classifier,
}

__all__ = [
    "FAMILIES",
    "LANDSCAPES",
    "AmbiguousNumbers",
    "FormulaError",
    "Landscape",
    "StationaryPoint",
    "TableError",
    "from_formula",
    "grid",
    "losses_at",
    "read_table",
    "stationary_points",
]
