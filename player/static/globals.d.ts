/** What is there besides the browser's own: a style sheet as text, and Plotly once it has loaded. */

declare module '*.css' {
  const text: string;
  export default text;
}

/** As much of a figure of Plotly as is used here. */
interface PlotlyFigure {
  data: any[];
  layout: any;
}

interface PlotlyElement extends HTMLElement {
  data: any[];
  layout: any;
  on?: unknown;
  _fullLayout?: { scene?: { _scene?: { getCamera(): object } } };
}

interface Plotly {
  react(element: HTMLElement, data: object[], layout: object, config: object): Promise<unknown>;
  restyle(element: HTMLElement, changes: object, traces: number[]): Promise<unknown>;
  purge(element: HTMLElement): void;
  toImage(figure: PlotlyFigure, options: object): Promise<string>;
}

interface Window {
  Plotly?: Plotly;
}
