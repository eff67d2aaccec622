/** Runs the review on the terminal. The only way in: ink and react are loaded here, after the environment fits them. */

import { createController, type World } from './controller.ts';
import type { Brushes } from './screen.ts';
import type { ReviewState } from './state.ts';
import { takeScreen } from './terminal.ts';

export type Ending = 'apply' | 'quit';

/** Loads what draws, which can be done while the plan is made. */
export function loadApp(): Promise<typeof import('./app.tsx')> {
  // Ink draws nothing where CI is set, even when empty; react's development build takes three times as long a frame.
  delete process.env['CI'];
  Object.assign(process.env, { NODE_ENV: 'production' });
  return import('./app.tsx');
}

/** Shows the state until the user ends it. */
export async function runReview(
  { mountApp }: Awaited<ReturnType<typeof loadApp>>,
  initial: (size: ReviewState['size']) => ReviewState,
  brushes: Brushes,
  makeWorld: (lend: <T>(use: () => T) => T) => Omit<World, 'end' | 'suspend' | 'redraw'>,
): Promise<Ending> {
  const { stdin, stdout } = process;
  const size = (): ReviewState['size'] => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 });
  const first = initial(size());
  const screen = takeScreen(stdout, stdin);
  const world = makeWorld((use) => screen.lend(use));
  let ending: Ending = 'quit';
  let redrawn = 0;
  const redraw = (): void => {
    screen.clear();
    app.clear();
    controller.dispatch({ type: 'resize', size: size() });
    // Ink draws only what differs from its last frame, so each time something has to.
    redrawn += 1;
    controller.dispatch({ type: 'say', message: `drawn again${'.'.repeat(redrawn % 2)}` });
  };
  const controller = createController(first, brushes, {
    ...world,
    edit: (task, decisions) => {
      const answer = world.edit(task, decisions);
      // The editor left its own picture; ours is drawn when the key is done.
      setImmediate(redraw);
      return answer;
    },
    end: (how) => {
      ending = how;
      app.unmount();
    },
    suspend: () => screen.suspend(redraw),
    redraw,
  });
  const resize = (): void => controller.dispatch({ type: 'resize', size: size() });
  // Before ink listens: the new picture must be there when it draws.
  stdout.on('resize', resize);
  const app = mountApp(controller);
  // What is thrown outside of every await is told by the command line: after the picture is gone, and not below it.
  const crashed = (): void => app.unmount();
  process.prependListener('uncaughtException', crashed);
  try {
    await app.waitUntilExit();
  } finally {
    process.off('uncaughtException', crashed);
    stdout.off('resize', resize);
    screen.restore();
  }
  return ending;
}
