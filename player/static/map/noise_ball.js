/** The ball in which a noisy run hovers: a disc around its place, as large as its swing. */
import { toX, toY } from '../core/frame.js';
import { currentRace } from '../core/store.js';
import { ground, styleOf } from '../core/theme.js';

/**
 * Draw the ball of every racer that has one.
 * @type {(context: import('../core/types.js').Context) => void}
 */
export function paintNoiseBalls(context) {
  for (const racer of currentRace().racers) {
    if (!racer.noise_ball) continue;
    const [x, y, radius] = racer.noise_ball;
    const [wide, high] = [toX(x + radius) - toX(x), toY(y) - toY(y + radius)];
    context.beginPath();
    context.ellipse(toX(x), toY(y), wide, high, 0, 0, 2 * Math.PI);
    const lines = [{ colour: ground().paper, width: 3, dash: [] }, { colour: styleOf(racer).colour, width: 1.5, dash: [5, 4] }];
    for (const { colour, width, dash } of lines) {
      Object.assign(context, { strokeStyle: colour, lineWidth: width, globalAlpha: 0.8 });
      context.setLineDash(dash);
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
}
