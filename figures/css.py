"""The themes as CSS: variables for the background, and a swatch for each racer's style."""

import urllib.parse

from figures.theme import GROUNDS, STYLES, style, variants


def colours() -> str:
    """The CSS rules of both themes. The map sets the attribute that says which theme is on."""
    return _rules(":root", "light") + _rules(':root[data-descent-theme="dark"]', "dark")


def streamlit_colours() -> str:
    """The CSS variables that Streamlit gives to components, for a page without Streamlit.

    The visitor's system decides between the light and the dark theme.
    """
    return f"{_streamlit('light')} @media (prefers-color-scheme: dark) {{ {_streamlit('dark')} }}"


def _rules(root: str, theme: str) -> str:
    ground = GROUNDS[theme]
    variables = {"paper": ground.paper, "muted": ground.muted, "hairline": ground.hairline, "raised": ground.raised}
    declarations = "".join(f"--descent-{key}: {colour};" for key, colour in variables.items())
    swatches = (_swatch(root, name, variant, theme) for name in STYLES for variant in variants(name))
    return f"{root} {{ {declarations} }} {' '.join(swatches)}"


def _swatch(root: str, name: str, variant: int, theme: str) -> str:
    colour, dash = style(name, variant, theme)
    variables = f"--descent-colour: {colour}; --descent-swatch: {_line(colour, dash)};"
    return f'{root} [class*="-of-{name}-{variant}"] {{ {variables} }}'


def _line(colour: str, dash: list[int]) -> str:
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='24' height='4'>"
        f"<path d='M0 2h24' stroke='{colour}' stroke-width='3' stroke-dasharray='{' '.join(map(str, dash))}'/></svg>"
    )
    return f'url("data:image/svg+xml,{urllib.parse.quote(svg)}")'


def _streamlit(theme: str) -> str:
    ground = GROUNDS[theme]
    variables = {
        "background-color": ground.paper,
        "secondary-background-color": ground.raised,
        "text-color": ground.ink,
        "border-color": ground.hairline,
        "primary-color": ground.accent,
        "font": '"Source Sans", "Source Sans 3", "Source Sans Pro", system-ui, sans-serif',
        "code-font": "ui-monospace, monospace",
    }
    return f":root {{ {' '.join(f'--st-{name}: {value};' for name, value in variables.items())} }}"
