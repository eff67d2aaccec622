/** Runs the review on the terminal, from the first picture to the last. */
import { createController, type World } from './controller.ts';
import { listen } from './input.ts';
import { createPainter } from './paint.ts';
import type { Brushes } from './screen.ts';
import type { ReviewState } from './state.ts';
import { takeScreen } from './terminal.ts';

export type Ending = 'apply' | 'quit';

/** Shows the state until the user ends it. `makeWorld` is given the way to lend the terminal to another program. */
export async function runReview(
  initial: (size: ReviewState['size']) => ReviewState,
  brushes: Brushes,
  makeWorld: (lend: <T>(use: () => T) => T) => Omit<World, 'end' | 'suspend' | 'redraw'>,
): Promise<Ending> {
  const { stdin, stdout } = process;
  const size = (): ReviewState['size'] => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 });
  const screen = takeScreen(stdout, stdin);
  const painter = createPainter((text) => {
    stdout.write(text);
  });
  const show = (): void => painter.show(controller.screen().lines);
  const redraw = (): void => {
    painter.forget();
    controller.dispatch({ type: 'resize', size: size() });
    show();
  };
  let finish: (how: Ending) => void = () => {};
  const ended = new Promise<Ending>((done) => {
    finish = done;
  });
  const lend = <T>(use: () => T): T => {
    try {
      return screen.lend(use);
    } finally {
      // The other program left its own picture, on a screen that may have another size now.
      painter.forget();
      controller.dispatch({ type: 'resize', size: size() });
    }
  };
  const controller = createController(initial(size()), brushes, {
    ...makeWorld(lend),
    end: (how) => finish(how),
    suspend: () => screen.suspend(redraw),
    redraw,
  });
  const resize = (): void => {
    painter.forget();
    controller.dispatch({ type: 'resize', size: size() });
  };
  stdout.on('resize', resize);
  // Keys that arrive together make one picture.
  let isDue = false;
  let isOver = false;
  const stopShowing = controller.subscribe(() => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      if (!isOver) show();
    });
  });
  show();
  const stopListening = listen(stdin, (key) => {
    if (!isOver) controller.press(key);
  });
  // What is thrown outside of every await is told by the command line: after the picture is gone, and not below it.
  const crashed = (): void => finish('quit');
  process.prependListener('uncaughtException', crashed);
  try {
    return await ended;
  } finally {
    isOver = true;
    process.off('uncaughtException', crashed);
    stopListening();
    stopShowing();
    stdout.off('resize', resize);
    screen.restore();
  }
}
