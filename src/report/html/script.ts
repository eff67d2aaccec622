/** The page's script, as one constant: the policy of the page names its hash. It only shows, hides, opens and colours. */
import { colours } from './colours.ts';

export const script: string = `
(() => {
  'use strict';
${colours}  const form = document.getElementById('filter');
  const tasks = [...document.querySelectorAll('#list > .t')];
  const field = (name) => form.elements.namedItem(name);
  const texts = new Map();
  const textOf = (task) => {
    let text = texts.get(task);
    if (text === undefined) {
      const parts = [task.firstElementChild, ...task.querySelectorAll('dl, .f, .l')];
      text = parts.map((part) => part.textContent).join(' ').toLowerCase();
      texts.set(task, text);
    }
    return text;
  };
  const filter = () => {
    const words = field('text').value.toLowerCase().split(/\\s+/).filter(Boolean);
    const states = new Set([...form.querySelectorAll('[name=state]:checked')].map((box) => box.value));
    const connection = field('connection').value;
    let shown = 0;
    for (const task of tasks) {
      const fits = states.has(task.dataset.s) && (connection === '' || connection === '=' + task.dataset.c) &&
        words.every((word) => textOf(task).includes(word));
      if (task.hidden === fits) task.hidden = !fits;
      if (fits) shown++;
    }
    field('shown').value = shown + ' of ' + tasks.length + (tasks.length === 1 ? ' task' : ' tasks');
  };
  const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const follow = () => {
    const wanted = location.hash.slice(1);
    if (wanted === '') return;
    const target = document.getElementById(wanted) ??
      [...document.querySelectorAll('[id]')].find((element) => decode(element.id) === decode(wanted));
    if (!target) return;
    const task = target.closest('.t');
    if (task) { task.hidden = false; task.open = true; }
    (task ?? target).scrollIntoView();
  };
  const explain = (task) => {
    if (task.dataset.e) return;
    task.dataset.e = '1';
    for (const link of task.querySelectorAll('.f a')) {
      const item = link.parentElement;
      const code = document.getElementById(link.getAttribute('href').slice(1));
      if (!code) continue;
      const remedy = item.querySelector('.r') ?? item.appendChild(code.querySelector('.r').cloneNode(true));
      item.insertBefore(code.querySelector('.y').cloneNode(true), remedy);
    }
    colourCode(task);
  };
  const each = (open) => { for (const task of tasks) if (!task.hidden) task.open = open; };
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', filter);
  field('open').addEventListener('click', () => each(true));
  field('close').addEventListener('click', () => { for (const task of tasks) task.open = false; });
  document.getElementById('list').addEventListener('toggle', (event) => {
    if (event.target.open && event.target.className === 't') explain(event.target);
  }, true);
  addEventListener('hashchange', follow);
  filter();
  follow();
})();
`;
