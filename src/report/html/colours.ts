/**
 * The part of the page's script that colours code when a task is opened. It marks ranges (CSS Custom Highlight) and
 * touches no element, so it costs no byte in a thousand closed tasks and leaves the words that changed as they are; a
 * browser without it shows code in one colour. `String.raw`: what stands here is what the browser reads.
 */
export const colours: string = String.raw`
  const python = new RegExp([
    /(?<comment>#.*)/,
    /(?<string>(?:\b[rbfuRBFU]{1,2})?(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))/,
    /(?<keyword>\b(?:False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)\b)/,
    /(?<number>\b\d[\w.]*)/,
    /(?<name>\b[A-Za-z_]\w*(?=\())/,
  ].map((part) => part.source).join('|'), 'g');
  const yaml = new RegExp([
    /(?<comment>(?:^|(?<=\s))#.*)/,
    /(?<name>(?:^|(?<=[\s{,]))(?:[\w./-]+|"[^"\n]*")(?=\s*:(?:\s|$)))/,
    /(?<string>"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?)/,
    /(?<keyword>\b(?:true|false|null)\b|\{\{|\}\}|\{%|%\})/,
    /(?<number>\b\d[\w.]*)/,
  ].map((part) => part.source).join('|'), 'gm');
  const openEnds = { d: /^[^]*?(?:"""|$)/, s: /^[^]*?(?:'''|$)/ };
  const highlights = new Map();
  const highlight = (name) => {
    if (!highlights.has(name)) { highlights.set(name, new Highlight()); CSS.highlights.set(name, highlights.get(name)); }
    return highlights.get(name);
  };
  /* A stretch of code as its text nodes, each with its offset in the whole. */
  const gather = (cells) => {
    const nodes = [];
    let text = '';
    for (const cell of cells) {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) { nodes.push({ node: walker.currentNode, start: text.length }); text += walker.currentNode.data; }
      text += '\n';
    }
    return { nodes, text };
  };
  const colour = ({ nodes, text }, pattern, open) => {
    const tokens = [];
    const head = open ? openEnds[open].exec(text)[0].length : 0;
    if (head > 0) tokens.push({ name: 'string', start: 0, end: head });
    pattern.lastIndex = head;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const [name] = Object.entries(match.groups).find(([, found]) => found !== undefined);
      tokens.push({ name, start: match.index, end: match.index + match[0].length });
    }
    let first = 0;
    for (const { name, start, end } of tokens) {
      while (first < nodes.length && nodes[first].start + nodes[first].node.length <= start) first++;
      for (let index = first; index < nodes.length && nodes[index].start < end; index++) {
        const { node, start: offset } = nodes[index];
        const range = new Range();
        range.setStart(node, Math.max(0, start - offset));
        range.setEnd(node, Math.min(node.length, end - offset));
        highlight(name).add(range);
      }
    }
  };
  const colourTable = (table) => {
    const pattern = table.dataset.l === 'python' ? python : yaml;
    let hunk = { open: ['', ''], rows: [] };
    const hunks = [hunk];
    for (const body of table.tBodies) {
      if (body.className === 'g') hunks.push(hunk = { open: (body.dataset.q ?? ',').split(','), rows: [] });
      else for (const row of body.rows) if (row.cells.length === 4) hunk.rows.push(row);
    }
    for (const { open, rows } of hunks) {
      for (const side of [0, 1]) {
        const cells = rows.filter((row) => row.cells[2 * side].textContent !== '').map((row) => row.cells[2 * side + 1]);
        colour(gather(cells), pattern, open[side]);
      }
    }
  };
  const colourCode = (task) => {
    if (typeof Highlight === 'undefined' || !CSS.highlights) return;
    for (const table of task.querySelectorAll('.d')) colourTable(table);
  };
`;
