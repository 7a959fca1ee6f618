import type { PatternCase } from './python-cases.ts';

const both = (
  pattern: PatternCase['pattern'],
  roles: readonly string[],
  yes: string,
  no: string,
): readonly PatternCase[] => [
  { pattern, path: 'Yes.java', text: yes, roles },
  { pattern, path: 'No.java', text: no, roles: undefined },
];

export const javaCases: readonly PatternCase[] = [
  ...both(
    'singleton',
    ['singleton: Registry', 'access: Registry.get'],
    'class Registry {\n  private static Registry one;\n  private Registry() {}\n  static Registry get() {\n    if (one == null) one = new Registry();\n    return one;\n  }\n}\n',
    'class Registry {\n  private static int made;\n  static Registry get() {\n    made++;\n    return new Registry();\n  }\n}\n',
  ),
  ...both(
    'adapter',
    ['adapter: PegAdapter', 'target: RoundPeg', 'adaptee: SquarePeg'],
    'interface RoundPeg {\n  double radius();\n}\nclass SquarePeg {\n  double width() {\n    return 2;\n  }\n}\nclass PegAdapter implements RoundPeg {\n  private final SquarePeg peg;\n  PegAdapter(SquarePeg peg) {\n    this.peg = peg;\n  }\n  public double radius() {\n    return peg.width() / 2;\n  }\n}\n',
    'class SquarePeg {\n  double width() {\n    return 2;\n  }\n}\nclass Hole {\n  private final SquarePeg peg;\n  Hole(SquarePeg peg) {\n    this.peg = peg;\n  }\n  public double radius() {\n    return peg.width() / 2;\n  }\n}\n',
  ),
  ...both(
    'composite',
    ['composite: Folder', 'component: Entry', 'leaf: Plain'],
    'import java.util.*;\ninterface Entry {\n  int size();\n}\nclass Plain implements Entry {\n  public int size() {\n    return 1;\n  }\n}\nclass Folder implements Entry {\n  private final List<Entry> entries = new ArrayList<>();\n  public int size() {\n    int sum = 0;\n    for (Entry entry : entries) {\n      sum += entry.size();\n    }\n    return sum;\n  }\n}\n',
    'import java.util.*;\ninterface Entry {\n  int size();\n}\nclass Plain implements Entry {\n  public int size() {\n    return 1;\n  }\n}\nclass Disk {\n  private final List<Entry> entries = new ArrayList<>();\n  public int used() {\n    int sum = 0;\n    for (Entry entry : entries) {\n      sum += entry.size();\n    }\n    return sum;\n  }\n}\n',
  ),
  ...both(
    'visitor',
    ['element: Item', 'visitor: Total'],
    'interface Item {\n  int accept(Visitor visitor);\n}\ninterface Visitor {\n  int visitBook(Book book);\n  int visitPen(Pen pen);\n}\nclass Book implements Item {\n  public int accept(Visitor visitor) {\n    return visitor.visitBook(this);\n  }\n}\nclass Pen implements Item {\n  public int accept(Visitor visitor) {\n    return visitor.visitPen(this);\n  }\n}\nclass Total implements Visitor {\n  public int visitBook(Book book) {\n    return 1;\n  }\n  public int visitPen(Pen pen) {\n    return 2;\n  }\n}\n',
    'interface Item {\n  int accept(Till till);\n}\ninterface Till {\n  int scan(Item item);\n}\nclass Book implements Item {\n  public int accept(Till till) {\n    return till.scan(this);\n  }\n}\nclass Pen implements Item {\n  public int accept(Till till) {\n    return till.scan(this);\n  }\n}\n',
  ),
  ...both(
    'builder',
    ['builder: LetterBuilder', 'product: Letter'],
    'class Letter {\n  final String to;\n  Letter(String to, String text) {\n    this.to = to;\n  }\n}\nclass LetterBuilder {\n  private String to;\n  private String text;\n  LetterBuilder to(String to) {\n    this.to = to;\n    return this;\n  }\n  LetterBuilder text(String text) {\n    this.text = text;\n    return this;\n  }\n  Letter build() {\n    return new Letter(to, text);\n  }\n}\n',
    'class Letter {\n  private String to;\n  private String text;\n  Letter to(String to) {\n    this.to = to;\n    return this;\n  }\n  Letter text(String text) {\n    this.text = text;\n    return this;\n  }\n  String show() {\n    return to + text;\n  }\n}\n',
  ),
];
