import type { PatternCase } from './python-cases.ts';

const both = (
  pattern: PatternCase['pattern'],
  roles: readonly string[],
  yes: string,
  no: string,
): readonly PatternCase[] => [
  { pattern, path: 'yes.ts', text: yes, roles },
  { pattern, path: 'no.ts', text: no, roles: undefined },
];

export const typescriptCases: readonly PatternCase[] = [
  ...both(
    'singleton',
    ['singleton: Config'],
    'export class Config {\n  private static one: Config | undefined;\n  private constructor() {}\n  static get(): Config {\n    if (!Config.one) Config.one = new Config();\n    return Config.one;\n  }\n}\n',
    'export class Config {\n  static readonly usual = 3;\n  static get(): Config {\n    return new Config();\n  }\n}\n',
  ),
  ...both(
    'observer',
    ['subject: Emitter', 'attach: Emitter.on'],
    'export class Emitter {\n  private handlers: ((n: number) => void)[] = [];\n  on(handler: (n: number) => void) {\n    this.handlers.push(handler);\n  }\n  emit(n: number) {\n    for (const handler of this.handlers) handler(n);\n    this.handlers.forEach((handler) => handler(n));\n  }\n}\n',
    'export class Bag {\n  private items: number[] = [];\n  add(item: number) {\n    this.items.push(item);\n  }\n  print() {\n    for (const item of this.items) console.log(item);\n  }\n}\n',
  ),
  ...both(
    'strategy',
    ['context: Sorter', 'strategy: Order', 'concrete strategy: Up'],
    'export interface Order {\n  compare(a: number, b: number): number;\n}\nexport class Up implements Order {\n  compare(a: number, b: number) {\n    return a - b;\n  }\n}\nexport class Down implements Order {\n  compare(a: number, b: number) {\n    return b - a;\n  }\n}\nexport class Sorter {\n  constructor(private readonly order: Order) {}\n  first(a: number, b: number) {\n    return this.order.compare(a, b) < 0 ? a : b;\n  }\n}\n',
    'export interface Order {\n  compare(a: number, b: number): number;\n}\nexport class Up implements Order {\n  compare(a: number, b: number) {\n    return a - b;\n  }\n}\nexport class Sorter {\n  constructor(private readonly order: Order) {}\n  first(a: number, b: number) {\n    return this.order.compare(a, b) < 0 ? a : b;\n  }\n}\n',
  ),
  ...both(
    'decorator',
    ['decorator: Timed', 'component: Task'],
    'export interface Task {\n  run(): number;\n}\nexport class Plain implements Task {\n  run() {\n    return 1;\n  }\n}\nexport class Timed implements Task {\n  constructor(private readonly inner: Task) {}\n  run() {\n    const before = Date.now();\n    const value = this.inner.run();\n    console.log(Date.now() - before);\n    return value;\n  }\n}\n',
    'export interface Task {\n  run(): number;\n}\nexport class Plain implements Task {\n  run() {\n    return 1;\n  }\n}\nexport class Twice {\n  constructor(private readonly inner: Task) {}\n  run() {\n    this.inner.run();\n    return this.inner.run();\n  }\n}\n',
  ),
  ...both(
    'template-method',
    ['abstract class: Page', 'template method: Page.render'],
    'export abstract class Page {\n  render() {\n    return this.head() + this.body();\n  }\n  protected abstract head(): string;\n  protected abstract body(): string;\n}\nexport class Home extends Page {\n  protected head() {\n    return "h";\n  }\n  protected body() {\n    return "b";\n  }\n}\n',
    'export class Page {\n  render() {\n    return this.head() + this.body();\n  }\n  head() {\n    return "h";\n  }\n  body() {\n    return "b";\n  }\n}\nexport class Home extends Page {\n  foot() {\n    return "f";\n  }\n}\n',
  ),
];
