/** Design patterns, written apart from the finders and from their tests; each with a twin that lacks the one thing that makes it. */
import type { PatternCase } from '../../test/patterns/python-cases.ts';

type Pair = readonly [pattern: PatternCase['pattern'], role: string, there: string, absent: string];

const python: readonly Pair[] = [
  [
    'singleton',
    'singleton: Registry',
    'class Registry:\n    _instance = None\n\n    def __new__(cls):\n        if cls._instance is None:\n            cls._instance = super().__new__(cls)\n        return cls._instance\n\n    def size(self):\n        return 0\n',
    'class Registry:\n    _count = 0\n\n    def __new__(cls):\n        cls._count += 1\n        return super().__new__(cls)\n\n    def size(self):\n        return 0\n',
  ],
  [
    'factory-method',
    'creator: Exporter',
    'class Csv:\n    def write(self, rows):\n        return ",".join(rows)\n\n\nclass Tsv:\n    def write(self, rows):\n        return "\\t".join(rows)\n\n\nclass Exporter:\n    def export(self, rows):\n        writer = self.create_writer()\n        return writer.write(rows)\n\n    def create_writer(self):\n        raise NotImplementedError\n\n\nclass CsvExporter(Exporter):\n    def create_writer(self):\n        return Csv()\n\n\nclass TsvExporter(Exporter):\n    def create_writer(self):\n        return Tsv()\n',
    'class Csv:\n    def write(self, rows):\n        return ",".join(rows)\n\n\nclass Exporter:\n    def export(self, rows):\n        writer = Csv()\n        return writer.write(rows)\n\n    def name(self):\n        raise NotImplementedError\n\n\nclass CsvExporter(Exporter):\n    def name(self):\n        return "csv"\n\n\nclass TsvExporter(Exporter):\n    def name(self):\n        return "tsv"\n',
  ],
  [
    'builder',
    'builder: QueryBuilder',
    'class Query:\n    def __init__(self, table, filters, limit):\n        self.table = table\n        self.filters = filters\n        self.limit = limit\n\n\nclass QueryBuilder:\n    def __init__(self):\n        self._table = None\n        self._filters = []\n        self._limit = 10\n\n    def table(self, name):\n        self._table = name\n        return self\n\n    def where(self, text):\n        self._filters.append(text)\n        return self\n\n    def limit(self, count):\n        self._limit = count\n        return self\n\n    def build(self):\n        return Query(self._table, self._filters, self._limit)\n',
    'class Query:\n    def __init__(self, table):\n        self.table = table\n\n\nclass QueryLog:\n    def __init__(self):\n        self._tables = []\n\n    def table(self, name):\n        self._tables.append(name)\n\n    def size(self):\n        return len(self._tables)\n\n    def last(self):\n        return self._tables[-1]\n',
  ],
  [
    'adapter',
    'adapter: LoggerAdapter',
    'from abc import ABC, abstractmethod\n\n\nclass Log(ABC):\n    @abstractmethod\n    def info(self, text):\n        pass\n\n    @abstractmethod\n    def fail(self, text):\n        pass\n\n\nclass OldPrinter:\n    def print_line(self, level, text):\n        return level + text\n\n\nclass LoggerAdapter(Log):\n    def __init__(self, printer: OldPrinter):\n        self._printer = printer\n\n    def info(self, text):\n        return self._printer.print_line("i", text)\n\n    def fail(self, text):\n        return self._printer.print_line("e", text)\n',
    'from abc import ABC, abstractmethod\n\n\nclass Log(ABC):\n    @abstractmethod\n    def info(self, text):\n        pass\n\n    @abstractmethod\n    def fail(self, text):\n        pass\n\n\nclass ListLog(Log):\n    def __init__(self):\n        self._lines = []\n\n    def info(self, text):\n        self._lines.append("i" + text)\n\n    def fail(self, text):\n        self._lines.append("e" + text)\n',
  ],
  [
    'decorator',
    'decorator: Timed',
    'from abc import ABC, abstractmethod\n\n\nclass Task(ABC):\n    @abstractmethod\n    def run(self):\n        pass\n\n\nclass Sum(Task):\n    def run(self):\n        return 1 + 1\n\n\nclass Timed(Task):\n    def __init__(self, inner: Task):\n        self._inner = inner\n        self.count = 0\n\n    def run(self):\n        self.count += 1\n        return self._inner.run()\n',
    'from abc import ABC, abstractmethod\n\n\nclass Task(ABC):\n    @abstractmethod\n    def run(self):\n        pass\n\n\nclass Sum(Task):\n    def run(self):\n        return 1 + 1\n\n\nclass Named(Task):\n    def __init__(self, name: str):\n        self._name = name\n        self.count = 0\n\n    def run(self):\n        self.count += 1\n        return self._name.upper()\n',
  ],
  [
    'composite',
    'composite: Folder',
    'from abc import ABC, abstractmethod\n\n\nclass Entry(ABC):\n    @abstractmethod\n    def size(self):\n        pass\n\n\nclass Leaf(Entry):\n    def __init__(self, bytes_):\n        self.bytes_ = bytes_\n\n    def size(self):\n        return self.bytes_\n\n\nclass Folder(Entry):\n    def __init__(self):\n        self.entries: list[Entry] = []\n\n    def add(self, entry: Entry):\n        self.entries.append(entry)\n\n    def size(self):\n        return sum(entry.size() for entry in self.entries)\n',
    'from abc import ABC, abstractmethod\n\n\nclass Entry(ABC):\n    @abstractmethod\n    def size(self):\n        pass\n\n\nclass Leaf(Entry):\n    def __init__(self, bytes_):\n        self.bytes_ = bytes_\n\n    def size(self):\n        return self.bytes_\n\n\nclass Page(Entry):\n    def __init__(self):\n        self.lines: list[str] = []\n\n    def add(self, line: str):\n        self.lines.append(line)\n\n    def size(self):\n        return sum(len(line) for line in self.lines)\n',
  ],
  [
    'observer',
    'subject: Account',
    'class Account:\n    def __init__(self):\n        self._listeners = []\n        self.balance = 0\n\n    def subscribe(self, listener):\n        self._listeners.append(listener)\n\n    def unsubscribe(self, listener):\n        self._listeners.remove(listener)\n\n    def pay(self, amount):\n        self.balance += amount\n        for listener in self._listeners:\n            listener.changed(self.balance)\n',
    'class Account:\n    def __init__(self):\n        self._amounts = []\n        self.balance = 0\n\n    def add(self, amount):\n        self._amounts.append(amount)\n\n    def remove(self, amount):\n        self._amounts.remove(amount)\n\n    def pay(self):\n        for amount in self._amounts:\n            self.balance += amount\n',
  ],
  [
    'strategy',
    'context: Cart',
    'from abc import ABC, abstractmethod\n\n\nclass Discount(ABC):\n    @abstractmethod\n    def of(self, total):\n        pass\n\n\nclass Half(Discount):\n    def of(self, total):\n        return total / 2\n\n\nclass NoDiscount(Discount):\n    def of(self, total):\n        return 0\n\n\nclass Cart:\n    def __init__(self, discount: Discount):\n        self.discount = discount\n        self.total = 0\n\n    def due(self):\n        return self.total - self.discount.of(self.total)\n',
    'class Half:\n    def of(self, total):\n        return total / 2\n\n\nclass Cart:\n    def __init__(self):\n        self.discount = Half()\n        self.total = 0\n\n    def due(self):\n        return self.total - self.discount.of(self.total)\n',
  ],
  [
    'template-method',
    'template method: Report.render',
    'from abc import ABC, abstractmethod\n\n\nclass Report(ABC):\n    def render(self):\n        return self.head() + self.body() + "."\n\n    @abstractmethod\n    def head(self):\n        pass\n\n    @abstractmethod\n    def body(self):\n        pass\n\n\nclass Short(Report):\n    def head(self):\n        return "a"\n\n    def body(self):\n        return "b"\n\n\nclass Long(Report):\n    def head(self):\n        return "aa"\n\n    def body(self):\n        return "bb"\n',
    'class Report:\n    def render(self):\n        return self.head() + self.body() + "."\n\n    def head(self):\n        return "a"\n\n    def body(self):\n        return "b"\n\n\nclass Short(Report):\n    def name(self):\n        return "short"\n\n\nclass Long(Report):\n    def name(self):\n        return "long"\n',
  ],
  [
    'visitor',
    'visitor: Printer',
    'from abc import ABC, abstractmethod\n\n\nclass Visitor(ABC):\n    @abstractmethod\n    def visit_number(self, number):\n        pass\n\n    @abstractmethod\n    def visit_sum(self, sum_):\n        pass\n\n\nclass Number:\n    def accept(self, visitor: Visitor):\n        return visitor.visit_number(self)\n\n\nclass Sum:\n    def accept(self, visitor: Visitor):\n        return visitor.visit_sum(self)\n\n\nclass Printer(Visitor):\n    def visit_number(self, number):\n        return "1"\n\n    def visit_sum(self, sum_):\n        return "+"\n\n\nclass Counter(Visitor):\n    def visit_number(self, number):\n        return 1\n\n    def visit_sum(self, sum_):\n        return 2\n',
    'class Number:\n    def accept(self, text):\n        return text + "1"\n\n\nclass Sum:\n    def accept(self, text):\n        return text + "+"\n\n\nclass Printer:\n    def print_number(self, number):\n        return number.accept("")\n\n    def print_sum(self, sum_):\n        return sum_.accept("")\n',
  ],
];

const typescript: readonly Pair[] = [
  [
    'singleton',
    'singleton: Clock',
    'export class Clock {\n  private static instance: Clock | undefined;\n  private constructor() {}\n  static get(): Clock {\n    Clock.instance ??= new Clock();\n    return Clock.instance;\n  }\n  now(): number {\n    return 1;\n  }\n}\n',
    'export class Clock {\n  private static made = 0;\n  constructor() {}\n  static get(): Clock {\n    Clock.made++;\n    return new Clock();\n  }\n  now(): number {\n    return 1;\n  }\n}\n',
  ],
  [
    'factory-method',
    'creator: Transport',
    'interface Vehicle {\n  drive(): number;\n}\nclass Truck implements Vehicle {\n  drive(): number {\n    return 1;\n  }\n}\nclass Ship implements Vehicle {\n  drive(): number {\n    return 2;\n  }\n}\nexport abstract class Transport {\n  deliver(): number {\n    return this.createVehicle().drive();\n  }\n  protected abstract createVehicle(): Vehicle;\n}\nexport class Road extends Transport {\n  protected createVehicle(): Vehicle {\n    return new Truck();\n  }\n}\nexport class Sea extends Transport {\n  protected createVehicle(): Vehicle {\n    return new Ship();\n  }\n}\n',
    'class Truck {\n  drive(): number {\n    return 1;\n  }\n}\nexport abstract class Transport {\n  private readonly truck = new Truck();\n  deliver(): number {\n    return this.truck.drive() + this.cost();\n  }\n  protected abstract cost(): number;\n}\nexport class Road extends Transport {\n  protected cost(): number {\n    return 1;\n  }\n}\nexport class Sea extends Transport {\n  protected cost(): number {\n    return 2;\n  }\n}\n',
  ],
  [
    'builder',
    'builder: MailBuilder',
    'export class Mail {\n  constructor(\n    readonly to: string,\n    readonly text: string,\n  ) {}\n}\nexport class MailBuilder {\n  private to = "";\n  private text = "";\n  withTo(to: string): this {\n    this.to = to;\n    return this;\n  }\n  withText(text: string): this {\n    this.text = text;\n    return this;\n  }\n  build(): Mail {\n    return new Mail(this.to, this.text);\n  }\n}\n',
    'export class Mail {\n  constructor(\n    readonly to: string,\n    readonly text: string,\n  ) {}\n}\nexport class MailBox {\n  private to = "";\n  private text = "";\n  setTo(to: string): void {\n    this.to = to;\n  }\n  setText(text: string): void {\n    this.text = text;\n  }\n  length(): number {\n    return this.to.length + this.text.length;\n  }\n}\n',
  ],
  [
    'adapter',
    'adapter: CelsiusAdapter',
    'export interface Thermometer {\n  celsius(): number;\n  name(): string;\n}\nexport class OldSensor {\n  fahrenheit(): number {\n    return 70;\n  }\n  label(): string {\n    return "s";\n  }\n}\nexport class CelsiusAdapter implements Thermometer {\n  constructor(private readonly sensor: OldSensor) {}\n  celsius(): number {\n    return (this.sensor.fahrenheit() - 32) / 1.8;\n  }\n  name(): string {\n    return this.sensor.label();\n  }\n}\n',
    'export interface Thermometer {\n  celsius(): number;\n  name(): string;\n}\nexport class Fixed implements Thermometer {\n  constructor(private readonly value: number) {}\n  celsius(): number {\n    return this.value * 2;\n  }\n  name(): string {\n    return "fixed";\n  }\n}\n',
  ],
  [
    'decorator',
    'decorator: Cached',
    'export interface Source {\n  read(key: string): string;\n}\nexport class Disk implements Source {\n  read(key: string): string {\n    return key;\n  }\n}\nexport class Cached implements Source {\n  private readonly known = new Map<string, string>();\n  constructor(private readonly inner: Source) {}\n  read(key: string): string {\n    const value = this.known.get(key) ?? this.inner.read(key);\n    this.known.set(key, value);\n    return value;\n  }\n}\n',
    'export interface Source {\n  read(key: string): string;\n}\nexport class Disk implements Source {\n  read(key: string): string {\n    return key;\n  }\n}\nexport class Kept implements Source {\n  private readonly known = new Map<string, string>();\n  read(key: string): string {\n    const value = this.known.get(key) ?? key.trim();\n    this.known.set(key, value);\n    return value;\n  }\n}\n',
  ],
  [
    'composite',
    'composite: Group',
    'export interface Shape {\n  area(): number;\n}\nexport class Dot implements Shape {\n  area(): number {\n    return 1;\n  }\n}\nexport class Group implements Shape {\n  private readonly shapes: Shape[] = [];\n  add(shape: Shape): void {\n    this.shapes.push(shape);\n  }\n  area(): number {\n    return this.shapes.reduce((sum, shape) => sum + shape.area(), 0);\n  }\n}\n',
    'export interface Shape {\n  area(): number;\n}\nexport class Dot implements Shape {\n  area(): number {\n    return 1;\n  }\n}\nexport class Path implements Shape {\n  private readonly points: number[] = [];\n  add(point: number): void {\n    this.points.push(point);\n  }\n  area(): number {\n    return this.points.reduce((sum, point) => sum + point, 0);\n  }\n}\n',
  ],
  [
    'observer',
    'subject: Store',
    'type Listener = (value: number) => void;\nexport class Store {\n  private readonly listeners = new Set<Listener>();\n  private value = 0;\n  subscribe(listener: Listener): void {\n    this.listeners.add(listener);\n  }\n  unsubscribe(listener: Listener): void {\n    this.listeners.delete(listener);\n  }\n  set(value: number): void {\n    this.value = value;\n    for (const listener of this.listeners) listener(this.value);\n  }\n}\n',
    'export class Store {\n  private readonly values = new Set<number>();\n  private sum = 0;\n  add(value: number): void {\n    this.values.add(value);\n  }\n  remove(value: number): void {\n    this.values.delete(value);\n  }\n  total(): number {\n    for (const value of this.values) this.sum += value;\n    return this.sum;\n  }\n}\n',
  ],
  [
    'strategy',
    'context: Archive',
    'export interface Codec {\n  pack(text: string): string;\n}\nexport class Upper implements Codec {\n  pack(text: string): string {\n    return text.toUpperCase();\n  }\n}\nexport class Lower implements Codec {\n  pack(text: string): string {\n    return text.toLowerCase();\n  }\n}\nexport class Archive {\n  constructor(private readonly codec: Codec) {}\n  store(text: string): string {\n    return this.codec.pack(text);\n  }\n}\n',
    'export class Upper {\n  pack(text: string): string {\n    return text.toUpperCase();\n  }\n}\nexport class Archive {\n  private readonly codec = new Upper();\n  store(text: string): string {\n    return this.codec.pack(text);\n  }\n}\n',
  ],
  [
    'template-method',
    'template method: Import.run',
    'export abstract class Import {\n  run(text: string): number {\n    return this.store(this.parse(text));\n  }\n  protected abstract parse(text: string): string[];\n  protected abstract store(rows: string[]): number;\n}\nexport class Lines extends Import {\n  protected parse(text: string): string[] {\n    return text.split("\\n");\n  }\n  protected store(rows: string[]): number {\n    return rows.length;\n  }\n}\nexport class Words extends Import {\n  protected parse(text: string): string[] {\n    return text.split(" ");\n  }\n  protected store(rows: string[]): number {\n    return rows.length * 2;\n  }\n}\n',
    'export class Import {\n  run(text: string): number {\n    return this.store(this.parse(text));\n  }\n  protected parse(text: string): string[] {\n    return text.split("\\n");\n  }\n  protected store(rows: string[]): number {\n    return rows.length;\n  }\n}\nexport class Named extends Import {\n  name(): string {\n    return "a";\n  }\n}\n',
  ],
  [
    'visitor',
    'visitor: Size',
    'export interface Visitor {\n  visitFile(file: File): number;\n  visitLink(link: Link): number;\n}\nexport class File {\n  accept(visitor: Visitor): number {\n    return visitor.visitFile(this);\n  }\n}\nexport class Link {\n  accept(visitor: Visitor): number {\n    return visitor.visitLink(this);\n  }\n}\nexport class Size implements Visitor {\n  visitFile(): number {\n    return 1;\n  }\n  visitLink(): number {\n    return 0;\n  }\n}\nexport class Depth implements Visitor {\n  visitFile(): number {\n    return 2;\n  }\n  visitLink(): number {\n    return 3;\n  }\n}\n',
    'export class File {\n  accept(count: number): number {\n    return count + 1;\n  }\n}\nexport class Link {\n  accept(count: number): number {\n    return count + 2;\n  }\n}\nexport class Size {\n  ofFile(file: File): number {\n    return file.accept(1);\n  }\n  ofLink(link: Link): number {\n    return link.accept(2);\n  }\n}\n',
  ],
];

export const patternTwins: readonly (PatternCase & { readonly language: string })[] = [
  ...python.flatMap((pair) => casesOf(pair, 'python', 'app/code.py')),
  ...typescript.flatMap((pair) => casesOf(pair, 'typescript', 'src/code.ts')),
];

function casesOf(
  [pattern, role, there, absent]: Pair,
  language: string,
  path: string,
): (PatternCase & { readonly language: string })[] {
  return [
    { pattern, language, path, text: there, roles: [role] },
    { pattern, language, path, text: absent, roles: undefined },
  ];
}
