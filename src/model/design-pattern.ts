/** A design pattern that was found by its structure, with who plays which role. */
import type { FindingPlace } from './finding.ts';
import type { SymbolKey } from './graph.ts';

/** Gamma, Helm, Johnson and Vlissides, "Design Patterns" (1994). */
export const patternFamilies = {
  creational: ['singleton', 'factory-method', 'abstract-factory', 'builder', 'prototype'],
  structural: ['adapter', 'decorator', 'facade', 'proxy', 'composite', 'bridge', 'flyweight'],
  behavioural: [
    'observer',
    'strategy',
    'template-method',
    'command',
    'iterator',
    'state',
    'visitor',
    'chain-of-responsibility',
    'mediator',
    'memento',
  ],
} as const;
export type PatternFamily = keyof typeof patternFamilies;
export type PatternName = (typeof patternFamilies)[PatternFamily][number];

export interface PatternRole {
  /** `subject`, `concrete strategy`, … */
  readonly role: string;
  readonly key: SymbolKey;
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

export interface DesignPattern {
  readonly pattern: PatternName;
  readonly family: PatternFamily;
  /** Of the role that gives the pattern its place. */
  readonly place: FindingPlace;
  readonly roles: readonly PatternRole[];
  /** What in the structure says so. */
  readonly because: string;
}
