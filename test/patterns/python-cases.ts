/** Code of our own that holds a pattern, beside code that looks alike and does not. */
import type { PatternName } from '../../src/model/design-pattern.ts';

export interface PatternCase {
  readonly pattern: PatternName;
  readonly path: string;
  readonly text: string;
  /** `role: name`, of roles that must be there; undefined: the pattern must not be found. */
  readonly roles: readonly string[] | undefined;
}

const shape =
  'from abc import ABC, abstractmethod\n\n\nclass Shape(ABC):\n    @abstractmethod\n    def draw(self, canvas):\n        pass\n\n\n';
const circle = 'class Circle(Shape):\n    def draw(self, canvas):\n        canvas.line(1)\n\n\n';
const square = 'class Square(Shape):\n    def draw(self, canvas):\n        canvas.line(4)\n\n\n';

const pairs: readonly (readonly [PatternName, readonly string[], string, string])[] = [
  [
    'singleton',
    ['singleton: Settings', 'access: Settings.shared'],
    'class Settings:\n    _one = None\n\n    @classmethod\n    def shared(cls):\n        if cls._one is None:\n            cls._one = Settings()\n        return cls._one\n',
    'class Settings:\n    _last = None\n\n    @classmethod\n    def fresh(cls):\n        made = Settings()\n        cls._last = made\n        return made\n',
  ],
  [
    'factory-method',
    ['creator: Dialog', 'factory method: Dialog.make_button', 'product: Flat'],
    'class Flat:\n    def show(self):\n        return 1\n\n\nclass Round:\n    def show(self):\n        return 2\n\n\nclass Dialog:\n    def open(self):\n        return self.make_button().show()\n\n    def make_button(self):\n        raise NotImplementedError\n\n\nclass FlatDialog(Dialog):\n    def make_button(self):\n        return Flat()\n\n\nclass RoundDialog(Dialog):\n    def make_button(self):\n        return Round()\n',
    'class Flat:\n    def show(self):\n        return 1\n\n\nclass Dialog:\n    def open(self):\n        return self.make_button().show()\n\n    def make_button(self):\n        return Flat()\n\n\nclass FlatDialog(Dialog):\n    pass\n\n\nclass RoundDialog(Dialog):\n    def close(self):\n        return Flat()\n',
  ],
  [
    'abstract-factory',
    ['abstract factory: Kit', 'concrete factory: DarkKit', 'product: LightButton'],
    ['Dark', 'Light'].map((name) => `class ${name}Button:\n    pass\n\n\nclass ${name}Menu:\n    pass\n\n\n`).join('') +
      'class Kit:\n    def button(self):\n        raise NotImplementedError\n\n    def menu(self):\n        raise NotImplementedError\n\n\n' +
      ['Dark', 'Light']
        .map(
          (name) =>
            `class ${name}Kit(Kit):\n    def button(self):\n        return ${name}Button()\n\n    def menu(self):\n        return ${name}Menu()\n\n\n`,
        )
        .join(''),
    'class Kit:\n    def button(self):\n        raise NotImplementedError\n\n    def menu(self):\n        raise NotImplementedError\n\n\n' +
      ['Dark', 'Light']
        .map(
          (name) =>
            `class ${name}Kit(Kit):\n    def button(self):\n        return '${name}'\n\n    def menu(self):\n        return ['${name}']\n\n\n`,
        )
        .join(''),
  ],
  [
    'builder',
    ['builder: QueryBuilder', 'last step: QueryBuilder.build', 'product: Query'],
    'class Query:\n    def __init__(self, table, limit):\n        self.table = table\n        self.limit = limit\n\n\nclass QueryBuilder:\n    def __init__(self):\n        self.name = None\n        self.most = 0\n\n    def table(self, name):\n        self.name = name\n        return self\n\n    def limit(self, most):\n        self.most = most\n        return self\n\n    def build(self):\n        return Query(self.name, self.most)\n',
    'class Query:\n    def __init__(self):\n        self.name = None\n        self.most = 0\n\n    def table(self, name):\n        self.name = name\n        return self\n\n    def limit(self, most):\n        self.most = most\n        return self\n\n    def build(self):\n        return str(self.name)\n',
  ],
  [
    'prototype',
    ['prototype: Figure', 'concrete prototype: Dot'],
    'class Figure:\n    def clone(self):\n        raise NotImplementedError\n\n\nclass Dot(Figure):\n    def __init__(self, x):\n        self.x = x\n\n    def clone(self):\n        return Dot(self.x)\n\n\nclass Bar(Figure):\n    def __init__(self, y):\n        self.y = y\n\n    def clone(self):\n        return Bar(self.y)\n',
    'class Figure:\n    def clone(self):\n        raise NotImplementedError\n\n\nclass Dot(Figure):\n    def clone(self):\n        return self\n\n\nclass Bar(Figure):\n    def clone(self):\n        return self\n',
  ],
  [
    'flyweight',
    ['flyweight factory: Fonts', 'flyweight: Font'],
    'class Font:\n    def __init__(self, name):\n        self.name = name\n\n\nclass Fonts:\n    def __init__(self):\n        self.known = {}\n\n    def get(self, name):\n        if name not in self.known:\n            self.known[name] = Font(name)\n        return self.known[name]\n',
    'class Font:\n    def __init__(self, name):\n        self.name = name\n\n\nclass Fonts:\n    def __init__(self):\n        self.known = {}\n\n    def add(self, name):\n        font = Font(name)\n        self.known[name] = font\n        return font\n',
  ],
  [
    'adapter',
    ['adapter: PenCanvas', 'target: Canvas', 'adaptee: Pen'],
    'class Pen:\n    def scratch(self, n):\n        return n\n\n\nclass Canvas:\n    def line(self, n):\n        raise NotImplementedError\n\n\nclass PenCanvas(Canvas):\n    def __init__(self, pen: Pen):\n        self.pen = pen\n\n    def line(self, n):\n        return self.pen.scratch(n)\n',
    'class Pen:\n    def scratch(self, n):\n        return n\n\n\nclass PenBox:\n    def __init__(self, pen: Pen):\n        self.pen = pen\n\n    def line(self, n):\n        return self.pen.scratch(n)\n',
  ],
  [
    'decorator',
    ['decorator: Framed', 'component: Shape', 'wrapped: Framed.inner'],
    `${shape}${circle}class Framed(Shape):\n    def __init__(self, inner: Shape):\n        self.inner = inner\n\n    def draw(self, canvas):\n        canvas.line(8)\n        self.inner.draw(canvas)\n`,
    `${shape}${circle}class Shown(Shape):\n    def __init__(self, inner: Shape):\n        self.inner = inner\n\n    def draw(self, canvas):\n        canvas.line(8)\n`,
  ],
  [
    'proxy',
    ['proxy: LazyPhoto', 'subject: Picture', 'real subject: Photo'],
    'class Picture:\n    def show(self):\n        raise NotImplementedError\n\n\nclass Photo(Picture):\n    def __init__(self, name):\n        self.data = name\n\n    def show(self):\n        return self.data\n\n\nclass LazyPhoto(Picture):\n    def __init__(self, name):\n        self.name = name\n        self.photo = None\n\n    def show(self):\n        if self.photo is None:\n            self.photo = Photo(self.name)\n        return self.photo.show()\n',
    'class Picture:\n    def show(self):\n        raise NotImplementedError\n\n\nclass Photo(Picture):\n    def show(self):\n        return 1\n\n\nclass Page(Picture):\n    def __init__(self):\n        self.photo = Photo()\n\n    def show(self):\n        return 2\n',
  ],
  [
    'composite',
    ['composite: Group', 'component: Shape', 'leaf: Circle'],
    `${shape}${circle}${square}class Group(Shape):\n    def __init__(self):\n        self.parts = [Circle(), Square()]\n\n    def draw(self, canvas):\n        for part in self.parts:\n            part.draw(canvas)\n`,
    `${shape}${circle}${square}class Sheet:\n    def __init__(self):\n        self.parts = [Circle(), Square()]\n\n    def draw(self, canvas):\n        for part in self.parts:\n            part.draw(canvas)\n`,
  ],
  [
    'bridge',
    ['abstraction: Remote', 'refined abstraction: BigRemote', 'implementor: Device'],
    'class Device:\n    def power(self, on):\n        raise NotImplementedError\n\n\nclass Radio(Device):\n    def power(self, on):\n        return on\n\n\nclass Screen(Device):\n    def power(self, on):\n        return not on\n\n\nclass Remote:\n    def __init__(self, device: Device):\n        self.device = device\n\n    def press(self):\n        return self.device.power(True)\n\n\nclass BigRemote(Remote):\n    def mute(self):\n        return self.device.power(False)\n\n\nclass SmallRemote(Remote):\n    pass\n',
    'class Device:\n    def power(self, on):\n        return on\n\n\nclass Remote:\n    def __init__(self, device: Device):\n        self.device = device\n\n    def press(self):\n        return self.device.power(True)\n\n\nclass BigRemote(Remote):\n    def mute(self):\n        return self.device.power(False)\n',
  ],
  [
    'facade',
    ['facade: Cinema', 'subsystem: Lamp', 'subsystem: Sound'],
    ['Lamp', 'Sound', 'Film'].map((name) => `class ${name}:\n    def start(self):\n        return 1\n\n\n`).join('') +
      'class Cinema:\n    def __init__(self):\n        self.lamp = Lamp()\n        self.sound = Sound()\n        self.film = Film()\n\n    def watch(self):\n        self.lamp.start()\n        self.sound.start()\n        self.film.start()\n',
    ['Lamp', 'Sound', 'Film'].map((name) => `class ${name}:\n    def start(self):\n        return 1\n\n\n`).join('') +
      'class Cinema:\n    def __init__(self):\n        self.lamp = Lamp()\n        self.sound = Sound()\n        self.film = Film()\n\n    def light(self):\n        self.lamp.start()\n\n    def play(self):\n        self.film.start()\n',
  ],
  [
    'observer',
    ['subject: Stock', 'attach: Stock.subscribe', 'notify: Stock.set'],
    'class Stock:\n    def __init__(self):\n        self.listeners = []\n\n    def subscribe(self, listener):\n        self.listeners.append(listener)\n\n    def set(self, price):\n        for listener in self.listeners:\n            listener.changed(price)\n',
    'class Stock:\n    def __init__(self):\n        self.prices = []\n\n    def add(self, price):\n        self.prices.append(price)\n\n    def total(self):\n        sum = 0\n        for price in self.prices:\n            sum += price.value()\n        return sum\n',
  ],
  [
    'strategy',
    ['context: Cart', 'strategy: Price', 'concrete strategy: Half'],
    'class Price:\n    def of(self, n):\n        raise NotImplementedError\n\n\nclass Full(Price):\n    def of(self, n):\n        return n\n\n\nclass Half(Price):\n    def of(self, n):\n        return n / 2\n\n\nclass Cart:\n    def __init__(self, price: Price):\n        self.price = price\n\n    def total(self, n):\n        return self.price.of(n)\n',
    'class Price:\n    def of(self, n):\n        return n\n\n\nclass Cart:\n    def __init__(self, price: Price):\n        self.price = price\n\n    def total(self, n):\n        return self.price.of(n)\n',
  ],
  [
    'state',
    ['context: Door', 'state: DoorState', 'concrete state: Open'],
    'class DoorState:\n    def push(self, door):\n        raise NotImplementedError\n\n\nclass Open(DoorState):\n    def push(self, door):\n        door.state = Shut()\n\n\nclass Shut(DoorState):\n    def push(self, door):\n        door.state = Open()\n\n\nclass Door:\n    def __init__(self):\n        self.state = Open()\n\n    def push(self):\n        self.state.push(self)\n\n\nDoor().push()\n',
    'class DoorState:\n    def push(self):\n        raise NotImplementedError\n\n\nclass Open(DoorState):\n    def push(self):\n        return 1\n\n\nclass Shut(DoorState):\n    def push(self):\n        return 2\n\n\nclass Door:\n    def __init__(self):\n        self.state = Open()\n\n    def push(self):\n        self.state.push()\n',
  ],
  [
    'template-method',
    ['abstract class: Report', 'template method: Report.write', 'step: Report.body'],
    'class Report:\n    def write(self):\n        return self.head() + self.body()\n\n    def head(self):\n        return ""\n\n    def body(self):\n        raise NotImplementedError\n\n\nclass Short(Report):\n    def head(self):\n        return "s"\n\n    def body(self):\n        return "short"\n',
    'class Report:\n    def write(self):\n        return self.head() + self.body()\n\n    def head(self):\n        return ""\n\n    def body(self):\n        return "b"\n\n\nclass Short(Report):\n    def foot(self):\n        return "short"\n',
  ],
  [
    'command',
    ['command: Order', 'concrete command: Buy', 'receiver: Broker', 'invoker: Desk'],
    'class Broker:\n    def buy(self):\n        return 1\n\n    def sell(self):\n        return 2\n\n\nclass Order:\n    def execute(self):\n        raise NotImplementedError\n\n\nclass Buy(Order):\n    def __init__(self, broker: Broker):\n        self.broker = broker\n\n    def execute(self):\n        return self.broker.buy()\n\n\nclass Sell(Order):\n    def __init__(self, broker: Broker):\n        self.broker = broker\n\n    def execute(self):\n        return self.broker.sell()\n\n\nclass Desk:\n    def run(self, order: Order):\n        return order.execute()\n\n\nDesk().run(Buy(Broker()))\nDesk().run(Sell(Broker()))\n',
    'class Order:\n    def execute(self):\n        raise NotImplementedError\n\n\nclass Buy(Order):\n    def execute(self):\n        return 1\n\n\nclass Sell(Order):\n    def execute(self):\n        return 2\n\n\nclass Desk:\n    def run(self, order: Order):\n        return order.execute()\n\n\nDesk().run(Buy())\nDesk().run(Sell())\n',
  ],
  [
    'iterator',
    ['iterator: Countdown', 'aggregate: Clock'],
    'class Countdown:\n    def __init__(self, n):\n        self.n = n\n\n    def __iter__(self):\n        return self\n\n    def __next__(self):\n        if self.n == 0:\n            raise StopIteration\n        self.n -= 1\n        return self.n\n\n\nclass Clock:\n    def __iter__(self):\n        return Countdown(3)\n',
    'class Wizard:\n    def __init__(self):\n        self.page = 0\n\n    def next(self):\n        self.page += 1\n        return self.page\n',
  ],
  [
    'visitor',
    ['element: Node', 'concrete element: Add', 'visitor: Printer'],
    'class Node:\n    def accept(self, visitor):\n        raise NotImplementedError\n\n\nclass Number(Node):\n    def accept(self, visitor):\n        return visitor.visit_number(self)\n\n\nclass Add(Node):\n    def accept(self, visitor):\n        return visitor.visit_add(self)\n\n\nclass Printer:\n    def visit_number(self, node):\n        return "n"\n\n    def visit_add(self, node):\n        return "+"\n',
    'class Node:\n    def accept(self, registry):\n        raise NotImplementedError\n\n\nclass Number(Node):\n    def accept(self, registry):\n        return registry.add(self)\n\n\nclass Add(Node):\n    def accept(self, registry):\n        return registry.add(self)\n\n\nclass Printer:\n    def add(self, node):\n        return "n"\n',
  ],
  [
    'chain-of-responsibility',
    ['handler: Desk', 'successor: Desk.next', 'concrete handler: Clerk'],
    'class Desk:\n    def __init__(self, next: "Desk"):\n        self.next = next\n\n    def handle(self, case):\n        if self.next:\n            return self.next.handle(case)\n        return None\n\n\nclass Clerk(Desk):\n    def handle(self, case):\n        if case < 3:\n            return "clerk"\n        return super().handle(case)\n\n\nclass Boss(Desk):\n    def handle(self, case):\n        if case < 9:\n            return "boss"\n        return super().handle(case)\n\n\nClerk(Boss(None)).handle(5)\n',
    'class Link:\n    def __init__(self, next: "Link"):\n        self.next = next\n\n    def length(self):\n        if self.next:\n            return 1 + self.next.length()\n        return 1\n',
  ],
  [
    'mediator',
    ['mediator: Tower', 'colleague: Plane', 'colleague: Runway'],
    'class Plane:\n    def __init__(self, tower: "Tower"):\n        self.tower = tower\n\n    def land(self):\n        self.tower.landing()\n\n    def wait(self):\n        return 1\n\n\nclass Runway:\n    def __init__(self, tower: "Tower"):\n        self.tower = tower\n\n    def clear(self):\n        self.tower.cleared()\n\n    def block(self):\n        return 2\n\n\nclass Tower:\n    def __init__(self):\n        self.plane = Plane(self)\n        self.runway = Runway(self)\n\n    def landing(self):\n        self.runway.block()\n\n    def cleared(self):\n        self.plane.wait()\n',
    'class Plane:\n    def wait(self):\n        return 1\n\n\nclass Runway:\n    def block(self):\n        return 2\n\n\nclass Tower:\n    def __init__(self):\n        self.plane = Plane()\n        self.runway = Runway()\n\n    def landing(self):\n        self.runway.block()\n        self.plane.wait()\n',
  ],
  [
    'memento',
    ['originator: Editor', 'memento: Saved'],
    'class Saved:\n    def __init__(self, text):\n        self.text = text\n\n\nclass Editor:\n    def __init__(self):\n        self.text = ""\n\n    def save(self):\n        return Saved(self.text)\n\n    def restore(self, saved: Saved):\n        self.text = saved.text\n\n\neditor = Editor()\neditor.restore(editor.save())\n',
    'class Saved:\n    def __init__(self, text):\n        self.text = text\n\n\nclass Editor:\n    def __init__(self):\n        self.text = ""\n\n    def save(self):\n        return Saved(self.text)\n\n    def clear(self, word):\n        self.text = word.text\n',
  ],
];

export const pythonCases: readonly PatternCase[] = pairs.flatMap(([pattern, roles, yes, no]) => [
  { pattern, path: 'yes.py', text: yes, roles },
  { pattern, path: 'no.py', text: no, roles: undefined },
]);
