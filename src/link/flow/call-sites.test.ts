import { describe, expect, it } from 'vitest';
import { addCallee, addExternal } from './call-site.ts';
import { CallSites } from './call-sites.ts';
import type { Program } from './program.ts';

/** What these sites are given stands in no program's lists. */
const none = undefined as unknown as Program;

describe('CallSites', () => {
  it('keeps what is known of a place, and lists of any length', () => {
    const sites = new CallSites(none);
    const plain = sites.open({ row: 3, caller: 1, derived: true });
    const full = sites.open({
      row: 9,
      caller: 2,
      reference: 4,
      line: 7,
      column: 5,
      destination: 11,
      receiver: 12,
      arguments: [0, 13, -1, 1, 14, 99],
      derived: true,
      depth: 2,
    });
    expect([plain.row, plain.caller, plain.reference, plain.line, plain.destination, plain.receiver]).toEqual([
      3, 1, -1, 0, -1, -1,
    ]);
    expect(plain.arguments).toEqual([]);
    const { row, caller, reference, line, column, destination, receiver, depth, derived } = full;
    expect({ row, caller, reference, line, column, destination, receiver, depth, derived }).toEqual({
      row: 9,
      caller: 2,
      reference: 4,
      line: 7,
      column: 5,
      destination: 11,
      receiver: 12,
      depth: 2,
      derived: true,
    });
    expect(full.arguments).toEqual([0, 13, -1, 1, 14, 99]);
    expect([...sites].map((site) => site.row)).toEqual([3, 9]);
  });

  it('gives a variant callees of its own, and shares them where only arguments differ', () => {
    const sites = new CallSites(none);
    const site = sites.open({ row: 0, caller: 0, destination: 5, arguments: [0, 6, -1], derived: true });
    const variant = sites.variant(site, { destination: -1, isDeeper: true });
    const shared = sites.share(site, [0, 7, -1, 0, 6, -1]);
    addCallee(shared, 40);
    addCallee(shared, 41);
    addCallee(shared, 40);
    addExternal(shared, 8);
    expect([site.callees, site.externals, site.calleeCount]).toEqual([[40, 41], [8], 2]);
    expect([shared.isOpen, variant.isOpen, site.isOpen]).toEqual([true, true, false]);
    expect([variant.arguments, variant.destination, variant.depth]).toEqual([[0, 6, -1], -1, 1]);
    expect(shared.arguments).toEqual([0, 7, -1, 0, 6, -1]);
  });

  it('knows which functions are connected, on a receiver or not', () => {
    const sites = new CallSites(none);
    const site = sites.open({ row: 0, caller: 0, derived: true });
    site.bind(40, true, 3);
    site.bind(41, false, -1);
    expect([site.bindingOf(40, true), site.bindingOf(40, false), site.bindingOf(41, false)]).toEqual([
      3,
      undefined,
      -1,
    ]);
  });
});
