/** The ball in which a noisy run hovers: around the minimum, as far as it swings. */
import { toX, toY } from '../core/frame.js';
import { state } from '../core/store.js';
import { ground, styleOf } from '../core/theme.js';

/** Draw the ball of every racer that has one. */
export function paintNoiseBalls(context) {
  for (const racer of state.race.racers.filter(({ noise_ball }) => noise_ball)) {
    const [x, y, radius] = racer.noise_ball;
    const [wide, high] = [toX(x + radius) - toX(x), toY(y) - toY(y + radius)];
    context.beginPath();
    context.ellipse(toX(x), toY(y), wide, high, 0, 0, 2 * Math.PI);
    for (const [colour, width, dash] of [[ground().paper, 3, []], [styleOf(racer).colour, 1.5, [5, 4]]]) {
      Object.assign(context, { strokeStyle: colour, lineWidth: width, globalAlpha: 0.8 });
      context.setLineDash(dash);
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
}
