/** Whether a text is Python, for whoever puts texts together without a plan. */
import { readPythonFile } from './read-file.ts';
import { loadPython } from './syntax.ts';

/** True when neither the grammar nor the structural checks find an error. */
export async function parsesAsPython(text: string): Promise<boolean> {
  const python = await loadPython();
  return readPythonFile(python, { path: '', text, encoding: 'utf-8' }, '').errors.length === 0;
}
