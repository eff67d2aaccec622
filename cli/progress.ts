/** One line on the terminal that says how far the work is. */
export interface Progress {
  update(done: number, total: number): void;
  /** Takes the line away, before anything else is said. */
  clear(): void;
}

/** Milliseconds: work that is shorter says nothing, and a line is not drawn more often. */
const delay = 300;
const interval = 100;

export function createProgress(stream: NodeJS.WriteStream, shown: boolean): Progress {
  if (!shown) return { update: () => {}, clear: () => {} };
  const start = performance.now();
  let drawn = 0;
  let visible = false;
  return {
    update(done, total) {
      const now = performance.now();
      if (now - start < delay || (now - drawn < interval && done < total)) return;
      drawn = now;
      visible = true;
      stream.write(`\r\u001b[K${done} of ${total} steps`);
    },
    clear() {
      if (visible) stream.write('\r\u001b[K');
      visible = false;
    },
  };
}
