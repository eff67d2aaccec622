import { describe, expect, it } from 'vitest';
import { at, imports, read } from './read.ts';

describe('where a first import can go', () => {
  it.each([
    ['import a\n', 0],
    ['"""d"""\nimport a\n', 7],
    ['#!/usr/bin/python\n# coding: utf-8\nimport a\n', 34],
    ['"""d"""\nfrom __future__ import annotations\nimport a\n', 42],
    ['from __future__ import annotations\nx = 1\n', 34],
    ['\uFEFFimport a\n', 1],
    ['x = 1\n', 0],
  ])('%j', (text, offset) => {
    expect(read(text).importStart).toBe(offset);
  });
});

describe('imports at module level', () => {
  it('are listed in order, those of functions and guards are not', () => {
    const facts = read(
      'import os, sys as s\nfrom a.b import c\nfrom . import d\ntry:\n    import e\nexcept E:\n    pass\ndef f():\n    import g\n',
    );
    expect(facts.topImports.map(({ module, from }) => [module, from])).toEqual([
      ['os', false],
      ['a.b', true],
      ['.', true],
    ]);
    expect(facts.imports.map(({ local, topLevel }) => [local, topLevel])).toEqual([
      ['os', true],
      ['s', true],
      ['c', true],
      ['d', true],
      ['e', false],
      ['g', false],
    ]);
  });
});

describe('string literals and what they are given to', () => {
  const context = (text: string, value: string) => read(text).strings.find((fact) => fact.value === value)?.context;
  const none = { callee: null, argument: null, position: null, returned: false };
  it.each([
    ['f("x")', { ...none, callee: 'f', position: 0 }],
    ['f(a, "x")', { ...none, callee: 'f', position: 1 }],
    ['ti.xcom_pull(task_ids="x")', { ...none, callee: 'ti.xcom_pull', argument: 'task_ids' }],
    ['f(ids=["a", "x"])', { ...none, callee: 'f', argument: 'ids' }],
    ['f(op_kwargs={"a": {"b": ("x",)}})', { ...none, callee: 'f', argument: 'op_kwargs' }],
    ['f(a="x" if b else "y")', { ...none, callee: 'f', argument: 'a' }],
    ['f("p" "x")', { ...none, callee: 'f', position: 0 }],
    ['def f():\n    return "x"', { ...none, returned: true }],
    ['def f():\n    return ["a", "x"]', { ...none, returned: true }],
    ['y = "x"', none],
    ['y = ["x"]', none],
    ['tasks["x"]', none],
    ['a == "x"', none],
  ])('%s', (text, expected) => {
    expect(context(`${text}\n`, 'x')).toEqual(expected);
  });

  it('leave out docstrings and bytes, and keep what reads an XCom', () => {
    const facts = read(`"""doc"""\ndef f():\n    "doc"\nb"bytes"\nx = f"{ti}.xcom_pull('{y}')"\nz = f"{w}"\n`);
    expect(facts.strings.map(({ value }) => value)).toEqual([`f"{ti}.xcom_pull('{y}')"`]);
  });
});

describe('names that are taken', () => {
  it('are those bound and those read', () => {
    const { boundNames } = read(
      'import a.b\nfrom c import d as e\nx = y\ndef f(p, *q, k=1, **r): pass\nfor i, (j, l) in z: pass\nwith m() as (n, o): pass\n',
    );
    for (const name of ['a', 'e', 'x', 'y', 'f', 'p', 'q', 'k', 'r', 'i', 'j', 'l', 'n', 'o', 'm', 'z'])
      expect(boundNames).toContain(name);
    for (const name of ['b', 'c', 'd', 'E']) expect(boundNames).not.toContain(name);
  });
});

describe('what only Python rejects', () => {
  it.each([
    ["print 'a'\n", 1],
    ['x = 1\nwith DAG():\nx\n', 3],
    ['f(a=1, a=2)\n', 1],
  ])('%j counts as not parsing', (text, line) => {
    expect(read(text).errors.map((place) => place.line)).toEqual([line]);
  });
});

describe('one name in many branches', () => {
  it('comes to an end, and says that the name is rebound', () => {
    const branch = 'if a:\n    t = SparkKubernetesOperator(task_id="t")\nelse:\n    t = 1\nb >> t\n';
    const facts = read(imports + branch.repeat(500));
    expect(facts.tasks).toHaveLength(500);
    expect(facts.tasks.every(({ variable }) => variable?.rebound)).toBe(true);
    expect(at(facts, facts.tasks[499]?.variable?.uses[0]?.span ?? { start: 0, end: 0 })).toBe('t');
  });
});
