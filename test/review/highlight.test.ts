import { describe, expect, it } from 'vitest';
import { looksOf } from '../../cli/review/highlight.ts';

/** The line with each run's look behind it. */
function told(text: string, language: 'python' | 'yaml' | 'json', prefix = ''): string[] {
  const lines = text.split('\n');
  return looksOf(text, language, prefix).map((looks, index) => {
    expect(looks).toHaveLength(lines[index]?.length ?? -1);
    const runs: string[] = [];
    looks.forEach((look, at) => {
      if (look !== 'plain' && look !== looks[at - 1]) runs.push(`${look} at ${at}`);
    });
    return runs.join(', ');
  });
}

describe('the look of code', () => {
  it('knows keywords, strings, numbers and comments of Python, over several lines', () => {
    expect(told('with DAG("a # b"):  # why\n    x = 12', 'python')).toEqual([
      'keyword at 0, string at 9, comment at 20',
      'number at 8',
    ]);
    expect(told('a = """one\ntwo"""\nif a: pass', 'python')).toEqual([
      'string at 4',
      'string at 0',
      'keyword at 0, keyword at 6',
    ]);
  });

  it('reads a piece from the middle of a string as one, the opening quotes not counted', () => {
    expect(told('two with x\n"""\nif a', 'python', '"""')).toEqual(['string at 0', 'string at 0', 'keyword at 0']);
  });

  it('knows keys and values of YAML and JSON', () => {
    expect(told('memory: "512m" # m\ncores: 2', 'yaml')).toEqual([
      'key at 0, string at 8, comment at 15',
      'key at 0, number at 7',
    ]);
    expect(told('{"a": true}', 'json')).toEqual(['key at 1, keyword at 6']);
  });

  it('is one look a unit for text of any kind, and none for text that is very long', () => {
    told('日本 = "é\u{1f600}"\r\n\t# x', 'python');
    expect(told('"a"'.repeat(10_000), 'python')).toEqual(['']);
  });
});
