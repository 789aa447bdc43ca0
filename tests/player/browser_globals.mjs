/** What modules of the player ask the browser at once, for tests that run without one. */
globalThis.matchMedia = () => ({ matches: false });
globalThis.Path2D = class {
  moveTo() {}
  lineTo() {}
};
