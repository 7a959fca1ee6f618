/** Twins of the rules that ask for control and data flow, for whole calls, for queries and for what is computed again. */
import type { Twin } from './cases.ts';

const py = (rule: string, bad: string, good: string): Twin => [rule, 'python', bad, good];
const js = (rule: string, bad: string, good: string): Twin => [rule, 'javascript', bad, good];
const ts = (rule: string, bad: string, good: string): Twin => [rule, 'typescript', bad, good];

export const flowTwins: readonly Twin[] = [
  py(
    'read-before-assignment',
    'def f(items):\n    if best is None or items[0] > best:\n        best = items[0]\n    return best\n',
    'def f(items):\n    best = None\n    while items:\n        if best is None or items[0] > best:\n            best = items[0]\n        items.pop()\n    return best\n',
  ),
  py(
    'read-before-assignment',
    'def f(path):\n    print(config["a"])\n    config = load(path)\n    return config\n',
    'def f(path):\n    def show():\n        print(config["a"])\n\n    config = load(path)\n    return show\n',
  ),
  ts(
    'read-before-assignment',
    'export function f(list: number[]) {\n  if (list.length > limit) return [];\n  const limit = 3;\n  return list.slice(limit);\n}\n',
    'export function f(list: number[]) {\n  const over = () => list.length > limit;\n  const limit = 3;\n  return over() ? [] : list.slice(limit);\n}\n',
  ),
  py(
    'value-never-read',
    'def f(cart):\n    price = cart.sum()\n    if cart.member:\n        price = cart.reduced()\n    else:\n        price = cart.full()\n    return price\n',
    'def f(cart):\n    price = cart.sum()\n    if cart.member:\n        price = cart.reduced()\n    return price\n',
  ),
  py(
    'value-never-read',
    'def f(rows):\n    last = rows.first()\n    for row in rows:\n        print(last)\n        last = row.next()\n    last = rows.end()\n    return rows\n',
    'def f(rows):\n    last = rows.first()\n    for row in rows:\n        print(last)\n        last = row.next()\n    return rows\n',
  ),
  js(
    'value-never-read',
    'export function f(a) {\n  let text = a.read();\n  text = a.title();\n  if (a.long) text = a.body();\n  return text;\n}\n',
    'export function f(a) {\n  let text = a.title();\n  if (a.long) text = a.body();\n  return text;\n}\n',
  ),
  js(
    'value-never-read',
    'export function f(a) {\n  let n = a.size();\n  if (n > 3) {\n    n = a.most();\n    return a;\n  }\n  return n;\n}\n',
    'export function f(a) {\n  let n = a.size();\n  if (n > 3) {\n    n = a.most();\n  }\n  return n;\n}\n',
  ),
  py(
    'null-after-check',
    'def f(node):\n    if node is None:\n        node.parent.remove()\n    return node\n',
    'def f(node):\n    if node is None:\n        node = Node()\n        node.parent.remove()\n    return node\n',
  ),
  py(
    'null-after-check',
    'import logging\n\n\ndef f(reply):\n    if reply is None:\n        logging.error("no reply")\n    return reply.text\n',
    'import logging\n\n\ndef f(reply):\n    if reply is None:\n        logging.error("no reply")\n        raise ValueError\n    return reply.text\n',
  ),
  js(
    'null-after-check',
    'export function f(reply) {\n  if (reply === null) console.error("no reply");\n  return reply.text;\n}\n',
    'export function f(reply) {\n  if (reply === null) reply = { text: "" };\n  return reply.text;\n}\n',
  ),
  js(
    'null-after-check',
    'export function f(node) {\n  if (node === undefined) {\n    const parent = node.parent;\n    return parent;\n  }\n  return node;\n}\n',
    'export function f(node) {\n  if (node !== undefined) {\n    const parent = node.parent;\n    return parent;\n  }\n  return node;\n}\n',
  ),
  py(
    'resource-not-closed',
    'import socket\n\n\ndef f(host):\n    s = socket.socket()\n    s.connect(host)\n    reply = s.recv(10)\n    if not reply:\n        raise OSError("closed")\n    s.close()\n    return reply\n',
    'import socket\n\n\ndef f(host):\n    s = socket.socket()\n    try:\n        s.connect(host)\n        reply = s.recv(10)\n        if not reply:\n            raise OSError("closed")\n    finally:\n        s.close()\n    return reply\n',
  ),
  py(
    'resource-not-closed',
    'def f(paths):\n    for path in paths:\n        handle = open(path)\n        if handle.readline() == "stop":\n            break\n        handle.close()\n',
    'def f(paths):\n    for path in paths:\n        handle = open(path)\n        line = handle.readline()\n        handle.close()\n        if line == "stop":\n            break\n',
  ),
  py(
    'reused-loop-variable',
    'def f(groups):\n    for name in groups:\n        for name in name.members:\n            print(name)\n        groups.done(name)\n',
    'def f(groups):\n    for name in groups:\n        groups.done(name)\n        for name in name.members:\n            print(name)\n',
  ),
  js(
    'wrong-argument-count',
    'function join(list, separator) {\n  return list.join(separator);\n}\nmodule.exports = () => join(["a"], ",", true);\n',
    'function join(list, separator, ...rest) {\n  return list.concat(rest).join(separator);\n}\nmodule.exports = () => join(["a"], ",", true);\n',
  ),
  js(
    'wrong-argument-count',
    'function draw(shape, style) {\n  return shape.path + style.colour;\n}\nexports.all = (shape) => draw(shape);\n',
    'function draw(shape, style) {\n  style = style || { colour: "red" };\n  return shape.path + style.colour;\n}\nexports.all = (shape) => draw(shape);\n',
  ),
  py(
    'query-in-loop',
    'def f():\n    authors = Author.objects.all()\n    for author in authors:\n        print(author.books.count())\n',
    'def f():\n    authors = Author.objects.annotate(n=Count("books"))\n    for author in authors:\n        print(author.n)\n',
  ),
  py(
    'query-in-loop',
    'def f(session, ids):\n    for i in ids:\n        print(session.execute(select(User).where(User.id == i)))\n',
    'def f(session, ids):\n    for user in session.scalars(select(User).where(User.id.in_(ids))):\n        print(user)\n',
  ),
  ts(
    'query-in-loop',
    'import { Repository } from "typeorm";\nexport async function f(users: Repository<User>, ids: number[]) {\n  for (const id of ids) {\n    const user = await users.findOneBy({ id });\n    console.log(user);\n  }\n}\n',
    'import { In, Repository } from "typeorm";\nexport async function f(users: Repository<User>, ids: number[]) {\n  const found = await users.findBy({ id: In(ids) });\n  for (const user of found) {\n    console.log(user);\n  }\n}\n',
  ),
  js(
    'query-in-loop',
    'const { User } = require("./models");\nconst { Op } = require("sequelize");\nexports.f = (posts) => Promise.all(posts.map(async (post) => {\n  const owner = await User.findByPk(post.userId);\n  return [Op, owner];\n}));\n',
    'const { User } = require("./models");\nconst { Op } = require("sequelize");\nexports.f = async (posts) => {\n  const owners = await User.findAll({ where: { id: { [Op.in]: posts.map((post) => post.userId) } } });\n  return posts.map((post) => owners.find(({ id }) => id === post.userId));\n};\n',
  ),
  py(
    'missing-cache',
    'def f(names, table):\n    out = []\n    for name in names:\n        order = sorted(table)\n        out.append(order.index(name))\n    return out\n',
    'def f(names, table):\n    out = []\n    for name in names:\n        table.append(name)\n        order = sorted(table)\n        out.append(order.index(name))\n    return out\n',
  ),
  py(
    'missing-cache',
    'def paths(n):\n    if n <= 1:\n        return n\n    return paths(n - 1) + paths(n - 2) + 1\n',
    'def paths(n, known={}):\n    if n <= 1:\n        return n\n    if n not in known:\n        known[n] = paths(n - 1) + paths(n - 2) + 1\n    return known[n]\n',
  ),
  js(
    'missing-cache',
    'export function f(rows, shape) {\n  const out = [];\n  for (const row of rows) {\n    const copy = structuredClone(shape);\n    out.push(row + copy.size);\n  }\n  return out;\n}\n',
    'export function f(rows, shape) {\n  const out = [];\n  const copy = structuredClone(shape);\n  for (const row of rows) {\n    out.push(row + copy.size);\n  }\n  return out;\n}\n',
  ),
  py(
    'unreachable-code',
    'def f(a):\n    for b in a:\n        continue\n        print(b)\n',
    'def f(a):\n    for b in a:\n        if b:\n            continue\n        print(b)\n',
  ),
  py(
    'return-in-finally',
    'def f(a):\n    try:\n        a.run()\n    except OSError:\n        a.stop()\n    finally:\n        return a\n',
    'def f(a):\n    try:\n        a.run()\n    except BaseException:\n        a.stop()\n    finally:\n        return a\n',
  ),
];
