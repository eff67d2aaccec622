/** The alternate screen: taken, given back whatever happens, and lent to the shell on Ctrl-Z. */

const enter = '\u001b[?1049h\u001b[2J\u001b[H\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';
const fatal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** Milliseconds after which we were not stopped. */
const unstopped = 150;

export interface AlternateScreen {
  /** Stops the process; `resumed` is called when the shell continues it. */
  suspend(resumed: () => void): void;
  /** Gives the terminal to another program for as long as it runs. */
  lend<T>(use: () => T): T;
  /** Clears, for everything to be drawn anew. */
  clear(): void;
  restore(): void;
}

/** Takes the screen. By the end of the process it is given back, also after a crash or a signal. */
export function takeScreen(stdout: NodeJS.WriteStream, stdin: NodeJS.ReadStream): AlternateScreen {
  let taken = false;
  const take = (): void => {
    taken = true;
    // Before the first picture: what is typed then is meant for us, and must not be echoed over it.
    if (stdin.isTTY) stdin.setRawMode(true);
    stdout.write(enter);
  };
  const give = (): void => {
    if (!taken) return;
    taken = false;
    stdout.write(leave);
    if (stdin.isTTY) stdin.setRawMode(false);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    restore();
    // The signal's own effect, as if nobody had listened.
    process.kill(process.pid, signal);
  };
  take();
  // Before others say what happened: on the alternate screen nobody would read it.
  process.prependListener('uncaughtException', give);
  process.once('exit', give);
  for (const signal of fatal) process.once(signal, onSignal);
  const restore = (): void => {
    give();
    process.off('uncaughtException', give);
    process.off('exit', give);
    for (const signal of fatal) process.off(signal, onSignal);
  };
  return {
    suspend: (resumed) => {
      give();
      const resume = (): void => {
        clearTimeout(timer);
        process.off('SIGCONT', resume);
        take();
        resumed();
      };
      process.once('SIGCONT', resume);
      // Without a shell that could continue us the system does not stop us, and no signal comes.
      const timer = setTimeout(resume, unstopped);
      // The whole job, as the terminal itself does it: the shell waits for a wrapper (npx), not for us.
      process.kill(0, 'SIGTSTP');
    },
    lend: (use) => {
      give();
      try {
        return use();
      } finally {
        take();
      }
    },
    clear: () => {
      stdout.write('\u001b[2J\u001b[H');
    },
    restore,
  };
}
