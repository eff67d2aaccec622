/**
 * The page's script, as one constant: the policy of the page names its hash. It shows one view at a time, filters tasks,
 * puts the details of a task together when it is opened, and copies its patch.
 */
import { colours } from './colours.ts';
import { expander } from './compress.ts';

export const script: string = String.raw`
(() => {
  'use strict';
${colours}${expander}  const data = JSON.parse(expand(document.getElementById('data').textContent));
  const joined = (pieces, text) => numbersIn(text).map((number) => pieces[number]).join('');
  const form = document.getElementById('filter');
  const views = [...document.querySelectorAll('.view')];
  const tasks = [...document.querySelectorAll('#tasklist > .t')];
  const places = new Map(tasks.map((task, index) => [task, index]));
  const field = (name) => form.elements.namedItem(name);
  const complete = (view) => {
    for (const part of view.querySelectorAll('.later')) {
      part.className = '';
      part.innerHTML = joined(data.pieces, data.bodies[part.dataset.i]);
    }
  };
  const show = (view) => {
    complete(view);
    for (const one of views) one.hidden = one !== view;
    for (const link of document.querySelectorAll('nav a')) {
      if (link.hash === '#' + view.id) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
    }
  };
  /* Words of each piece without its markup, and the pieces of each task: both when somebody first searches. */
  let words = null;
  let parts = null;
  const hits = (word) => {
    words ??= data.pieces.map((piece) => piece.replace(/<[^>]*>/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').toLowerCase());
    parts ??= data.bodies.slice(0, tasks.length).map(numbersIn);
    const found = new Uint8Array(words.length);
    words.forEach((text, index) => { if (text.includes(word)) found[index] = 1; });
    return (index) => tasks[index].firstElementChild.textContent.toLowerCase().includes(word) || parts[index].some((piece) => found[piece]);
  };
  let extra = {};
  const chosen = () => {
    const wanted = { ...extra };
    for (const name of Object.keys(data.keys)) {
      const value = field(name)?.value ?? '';
      if (value !== '') wanted[name] = value;
    }
    return wanted;
  };
  const filter = () => {
    const tests = field('text').value.toLowerCase().split(/\s+/).filter(Boolean).map(hits);
    const states = new Set([...form.querySelectorAll('[name=state]:checked')].map((box) => box.value));
    const wanted = chosen();
    for (const [name, value] of Object.entries(wanted)) {
      if (name === 'code') { const code = data.codes.indexOf(value); tests.push((index) => data.found[index].includes(code)); }
      else { const { names, of } = data.keys[name]; const key = names.indexOf(value.slice(1)); tests.push((index) => of[index] === key); }
    }
    let shown = 0;
    tasks.forEach((task, index) => {
      const fits = states.has(task.dataset.s) && tests.every((test) => test(index));
      if (task.hidden === fits) task.hidden = !fits;
      if (fits) shown++;
    });
    field('shown').value = shown + ' of ' + tasks.length + (tasks.length === 1 ? ' task' : ' tasks');
    const box = document.getElementById('extra');
    box.textContent = Object.entries(extra).map(([name, value]) => name + ': ' + value.replace(/^=/, '')).join(', ');
    box.hidden = box.textContent === '';
    return states;
  };
  /* The filter stands in the address, so that a link shows the same tasks. */
  const filtered = () => {
    const states = filter();
    const query = Object.entries(chosen()).map(([name, value]) => [name, value]);
    if (field('text').value !== '') query.push(['text', field('text').value]);
    if (states.size < form.querySelectorAll('[name=state]').length) query.push(['state', [...states].join(',')]);
    const text = query.map(([name, value]) => name + '=' + encodeURIComponent(value)).join('&');
    history.replaceState(null, '', '#list' + (text === '' ? '' : '?' + text));
  };
  const apply = (query) => {
    const values = new Map(query.split('&').filter(Boolean).map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), decode(part.slice(at + 1))];
    }));
    const states = values.get('state')?.split(',');
    for (const box of form.querySelectorAll('[name=state]')) box.checked = states === undefined || states.includes(box.value);
    field('text').value = values.get('text') ?? '';
    extra = {};
    for (const name of [...Object.keys(data.keys), 'code']) {
      const select = field(name);
      const value = values.get(name) ?? '';
      if (select) select.value = value;
      if (value !== '' && (!select || select.value !== value)) extra[name] = value;
    }
    filter();
  };
  const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const follow = () => {
    const wanted = location.hash.slice(1);
    if (wanted === '') return show(views[0]);
    if (wanted === 'list' || wanted.startsWith('list?')) { apply(wanted.slice(5)); show(document.getElementById('list')); scrollTo(0, 0); return; }
    if (/^(?:sensor=|sensors$|groups$)/.test(wanted)) views.forEach(complete);
    const target = document.getElementById(wanted) ??
      [...document.querySelectorAll('[id]')].find((element) => decode(element.id) === decode(wanted));
    if (!target) return show(views[0]);
    const view = target.closest('.view');
    if (view) show(view);
    const task = target.closest('.t');
    const fold = target.closest('details');
    if (task) task.hidden = false;
    if (fold) fold.open = true;
    if (target === view) { view.focus({ preventScroll: true }); scrollTo(0, 0); } else (task ?? target).scrollIntoView();
  };
  const explain = (task) => {
    if (task.dataset.e) return;
    task.dataset.e = '1';
    const body = task.querySelector('.b');
    body.innerHTML = joined(data.pieces, data.bodies[places.get(task)]);
    for (const link of body.querySelectorAll('.f a')) {
      const item = link.parentElement;
      const code = document.getElementById(link.getAttribute('href').slice(1));
      if (!code) continue;
      const remedy = item.querySelector('.r') ?? item.appendChild(code.querySelector('.r').cloneNode(true));
      item.insertBefore(code.querySelector('.y').cloneNode(true), remedy);
    }
    colourCode(task);
  };
  const copy = async (button) => {
    const task = button.closest('.t');
    const patch = joined(data.lines, data.patches[places.get(task)]);
    let copied = true;
    try { await navigator.clipboard.writeText(patch); } catch { copied = false; }
    if (!copied) {
      const area = task.querySelector('textarea') ?? button.parentElement.appendChild(document.createElement('textarea'));
      area.readOnly = true;
      area.setAttribute('aria-label', 'patch');
      area.value = patch;
      area.select();
    }
    button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
  };
  const each = (open) => { for (const task of tasks) if (!task.hidden) task.open = open; };
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', filtered);
  field('open').addEventListener('click', () => each(true));
  field('close').addEventListener('click', () => { for (const task of tasks) task.open = false; });
  field('clear').addEventListener('click', () => { apply(''); filtered(); });
  const list = document.getElementById('tasklist');
  list.addEventListener('toggle', (event) => {
    if (event.target.open && event.target.className === 't') explain(event.target);
  }, true);
  list.addEventListener('click', (event) => { if (event.target.className === 'cp') copy(event.target); });
  addEventListener('hashchange', follow);
  filter();
  follow();
})();
`;
