"""What is descended: loss surfaces over two parameters, pure JAX, no display."""

from landscapes.ackley import Ackley
from landscapes.beale import Beale
from landscapes.bohachevsky import Bohachevsky
from landscapes.booth import Booth
from landscapes.bowl import Bowl
from landscapes.branin import Branin
from landscapes.bukin import Bukin
from landscapes.classifier import Classifier
from landscapes.cliff import Cliff
from landscapes.cross_in_tray import CrossInTray
from landscapes.dixon_price import DixonPrice
from landscapes.double_well import DoubleWell
from landscapes.drop_wave import DropWave
from landscapes.easom import Easom
from landscapes.eggholder import Eggholder
from landscapes.formula import from_formula
from landscapes.formula_words import FormulaError
from landscapes.goldstein_price import GoldsteinPrice
from landscapes.griewank import Griewank
from landscapes.himmelblau import Himmelblau
from landscapes.holder_table import HolderTable
from landscapes.keane import Keane
from landscapes.landscape import FAMILIES, Landscape, grid, losses_at
from landscapes.levy import Levy
from landscapes.line import Line
from landscapes.matyas import Matyas
from landscapes.mccormick import McCormick
from landscapes.michalewicz import Michalewicz
from landscapes.monkey_saddle import MonkeySaddle
from landscapes.plateau import Plateau
from landscapes.rare_feature import RareFeature
from landscapes.rastrigin import Rastrigin
from landscapes.ravine import Ravine
from landscapes.rosenbrock import Rosenbrock
from landscapes.saddle import Saddle
from landscapes.schaffer import Schaffer
from landscapes.schwefel import Schwefel
from landscapes.shifted_sphere import ShiftedSphere
from landscapes.six_hump_camel import SixHumpCamel
from landscapes.stationary import StationaryPoint, stationary_points
from landscapes.styblinski_tang import StyblinskiTang
from landscapes.tables import AmbiguousNumbers, TableError, read_table
from landscapes.three_hump_camel import ThreeHumpCamel
from landscapes.wells import Wells
from landscapes.zakharov import Zakharov

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
