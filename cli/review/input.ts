/** What a terminal sends, as names of keys: `a`, `space`, `ctrl-r`, `up`, `pagedown` … */

const sequences: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  Z: 'tab',
  '1~': 'home',
  '7~': 'home',
  '4~': 'end',
  '8~': 'end',
  '5~': 'pageup',
  '6~': 'pagedown',
  '3~': 'delete',
};
const plain: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'return',
  '\n': 'return',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
};

export interface Typed {
  readonly keys: readonly string[];
  /** The beginning of a sequence whose end has not come yet; Esc when nothing follows. */
  readonly rest: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what terminals send
const sequence = /^\u001b(?:\[([0-?]*[ -/]*[@-~])|O([ -~]))/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what terminals send
const unfinished = /^\u001b(?:\[[0-?]*[ -/]*|O)?$/;

/** The keys of what arrived in one piece; what is typed fast or pasted comes as several. */
export function keysOf(text: string): Typed {
  const keys: string[] = [];
  let at = 0;
  while (at < text.length) {
    const from = text.slice(at);
    if (unfinished.test(from)) return { keys, rest: from };
    const found = sequence.exec(from);
    if (found !== null) {
      const name = nameOf(found[1] ?? found[2] ?? '');
      if (name !== undefined) keys.push(name);
      at += found[0].length;
      continue;
    }
    const character = String.fromCodePoint(from.codePointAt(0) ?? 0);
    const key = keyOf(character);
    if (key !== null) keys.push(key);
    at += character.length;
  }
  return { keys, rest: '' };
}

/** Modifiers of a sequence (`1;5A`) are left aside: with Ctrl or Shift an arrow is still an arrow. */
function nameOf(code: string): string | undefined {
  return sequences[code] ?? sequences[code.replace(/^(\d+);\d+(?=~$)/, '$1').replace(/^1;\d+(?=[A-Z]$)/, '')];
}

function keyOf(character: string): string | null {
  const named = plain[character];
  if (named !== undefined) return named;
  if (character === '\u001b') return 'escape';
  const code = character.codePointAt(0) ?? 0;
  if (code >= 1 && code <= 26) return `ctrl-${String.fromCharCode(code + 96)}`;
  return /\p{Cc}/u.test(character) ? null : character;
}

/** Milliseconds after which an Esc that nothing followed is the key. */
const patience = 30;

/** Calls `press` for each key, `ctrl-c` where the terminal is gone; gives the way to stop listening. */
export function listen(stdin: NodeJS.ReadStream, press: (key: string) => void): () => void {
  let rest = '';
  let timer: NodeJS.Timeout | undefined;
  const onData = (data: string): void => {
    clearTimeout(timer);
    const typed = keysOf(rest + data);
    rest = typed.rest;
    for (const key of typed.keys) press(key);
    if (rest === '') return;
    timer = setTimeout(() => {
      const isEscape = rest === '\u001b';
      rest = '';
      if (isEscape) press('escape');
    }, patience);
  };
  const onEnd = (): void => press('ctrl-c');
  stdin.setEncoding('utf8');
  stdin.on('data', onData);
  stdin.on('end', onEnd);
  stdin.on('error', onEnd);
  stdin.resume();
  return () => {
    clearTimeout(timer);
    stdin.off('data', onData);
    stdin.off('end', onEnd);
    stdin.off('error', onEnd);
    stdin.pause();
  };
}
