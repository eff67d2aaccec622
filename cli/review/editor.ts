/** The user's own editor on the user's own terminal. */
import { spawnSync } from 'node:child_process';

/** Null, or why it did not end well. `$VISUAL`, else `$EDITOR`, with their arguments, through the shell as git does it. */
export function runEditor(paths: readonly string[], env: NodeJS.ProcessEnv = process.env): string | null {
  const editor = (env['VISUAL'] ?? '') || (env['EDITOR'] ?? '');
  if (editor.trim() === '') return 'neither $VISUAL nor $EDITOR names an editor';
  const isWindows = process.platform === 'win32';
  const { error, status, signal } = isWindows
    ? spawnSync(`${editor} ${paths.map((path) => `"${path}"`).join(' ')}`, { shell: true, stdio: 'inherit' })
    : spawnSync('sh', ['-c', `${editor} "$@"`, editor, ...paths], { stdio: 'inherit' });
  if (error !== undefined) return `${editor} does not start: ${error.message}`;
  if (signal !== null) return `${editor} was ended by ${signal}`;
  return status === 0 ? null : `${editor} ended with ${status}`;
}
