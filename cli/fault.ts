import { readPackageFile } from './package-file.ts';

/** What is said when something happens that only a fault of ours can cause: what to send, and to whom. */
export function faultReport(error: unknown, argv: readonly string[], verbose: boolean): string {
  const { version, bugs } = readPackageFile();
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  const where = bugs?.url === undefined ? 'its maintainers' : bugs.url;
  return [
    `bpg-migrate: unexpected: ${message}`,
    'This is a fault of bpg-migrate, not of your files. Files that it had not begun to write are as they were.',
    `Please report it to ${where} with these lines:`,
    `  version  ${version} (node ${process.version}, ${process.platform} ${process.arch})`,
    `  command  ${['bpg-migrate', ...argv].map(quoted).join(' ')}`,
    ...(verbose ? ['', stack] : ['  (the same command with --verbose prints the stack, please add it)']),
  ].join('\n');
}

const quoted = (word: string): string => (/^[\w./=:@,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
