/** The lines on the terminal: one styled text a line, for ink is slow in everything finer. */
import { Box, type Instance, render, Text, useInput } from 'ink';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { Controller } from './controller.ts';
import { keysOf } from './keys.ts';

export function App({ controller }: { readonly controller: Controller }): ReactNode {
  const { lines } = useSyncExternalStore(controller.subscribe, controller.screen);
  useInput((input, flags) => {
    for (const key of keysOf(input, flags)) controller.press(key);
  });
  return (
    <Box flexDirection="column">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <Text key={index} wrap="truncate-end">
          {line === '' ? ' ' : line}
        </Text>
      ))}
    </Box>
  );
}

/** Draws on the process's own terminal until it is unmounted. */
export function mountApp(controller: Controller): Instance {
  return render(<App controller={controller} />, {
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 120,
  });
}
