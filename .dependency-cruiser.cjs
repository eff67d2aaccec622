/** The layers of ARCHITECTURE.md, enforced. Each rule says why it exists. */
const layer = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: '^(src|cli|library|test)/', pathNot: [from, ...allowed] },
});
const vocabulary = ['^src/model(?:/|\\.ts$)', '^src/findings/'];

module.exports = {
  forbidden: [
    layer(
      'model-imports-nothing',
      '^src/model(?:/|\\.ts$)',
      [],
      'The vocabulary is types only; anything it imported would be imported by everyone.',
    ),
    layer(
      'findings-import-model',
      '^src/findings/',
      vocabulary,
      'The catalogue of sentences is read by every layer, so it may depend on none of them.',
    ),
    layer(
      'parser-reads',
      '^src/parser/',
      vocabulary,
      'The parser turns text into facts; a parser that knew rules would decide.',
    ),
    layer(
      'spec-translates',
      '^src/spec/',
      [...vocabulary, '^src/nearest\\.ts$'],
      'Translation works alone (`translate`), without Python and without a plan.',
    ),
    layer(
      'effective-calculates',
      '^src/effective/',
      vocabulary,
      'What a document comes to is calculated apart from its translation, or the proof would repeat the mistake.',
    ),
    layer(
      'target-describes',
      '^src/target/',
      [...vocabulary, '^src/parser/'],
      'What the target operator can do is read from its source by the parser, and used by the rewriter.',
    ),
    layer(
      'config-reads',
      '^src/config/',
      [...vocabulary, '^src/nearest\\.ts$'],
      'Configuration is input; it must not pull the engine in.',
    ),
    layer(
      'rewriter-decides',
      '^src/rewriter/',
      [...vocabulary, '^src/parser/', '^src/spec/', '^src/target/', '^src/effective/', '^src/nearest\\.ts$'],
      'The rewriter uses facts and the translator; it never tells.',
    ),
    layer(
      'report-tells',
      '^src/report/',
      [...vocabulary, '^src/counted\\.ts$'],
      'Reporters are pure functions of one Report; what they need must be in it.',
    ),
    layer(
      'verify-compares',
      '^src/verify/',
      vocabulary,
      'The proof compares two observations; translator and plan are handed to it, so that it can not share their mistakes.',
    ),
    layer(
      'rollout-counts',
      '^src/rollout/',
      [...vocabulary, '^src/counted\\.ts$'],
      'Decisions and numbers are about plans, whoever made them; a rollout that knew rules would judge a second time.',
    ),
    layer(
      'pipeline-below-front-door',
      '^src/pipeline\\.ts$',
      ['^src/(?!index\\.ts)'],
      'The pipeline is used through index.ts.',
    ),
    layer('cli-front-door', '^cli/', ['^src/index\\.ts$'], 'The command line is a user of the library like any other.'),
    layer(
      'library-small',
      '^library/',
      [
        '^src/index\\.ts$',
        '^src/model(?:/|\\.ts$)',
        '^cli/(accepted|codeowners-file|decided-plan|decision-store|write-run)\\.ts$',
      ],
      'The library does what the command line does, with its plan and its way to write, and shows types of the vocabulary only.',
    ),
    {
      name: 'tree-sitter-in-one-file',
      severity: 'error',
      comment: 'Trees live in WebAssembly memory and must be deleted; one entry makes that certain.',
      from: { path: '^(src|cli)/', pathNot: '^src/parser/syntax\\.ts$' },
      to: { path: 'web-tree-sitter', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'fs-at-the-edges',
      severity: 'error',
      comment:
        'Files are read by discovery and configuration and written by the command line; everything else is a function of its input.',
      from: { path: '^src/', pathNot: ['^src/parser/(discover|project-files|syntax)\\.ts$', '^src/config/load\\.ts$'] },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    { name: 'no-cycles', severity: 'error', comment: 'Data flows one way.', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'A rule about a module that can not be resolved would pass without looking.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
