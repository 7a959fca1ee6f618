import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SampleRepository {
  readonly root: string;
  readonly data: string;
  write(name: string, text: string): void;
  commit(author: string, subject: string): string;
  git(...args: string[]): string;
  remove(): void;
}

/** An empty repository in a temporary folder, with a data folder of its own beside it. */
function emptyRepository(): SampleRepository {
  const home = mkdtempSync(path.join(tmpdir(), 'trowel-e2e-'));
  const root = path.join(home, 'shop');
  let clock = 1_700_000_000;
  mkdirSync(root);
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_COMMITTER_NAME: 'Committer',
        GIT_COMMITTER_EMAIL: 'committer@example.org',
      },
    });
  git('init', '-q', '-b', 'main');
  return {
    root,
    data: path.join(home, 'data'),
    write(name, text) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    },
    commit(author, subject) {
      clock += 86_400;
      git('add', '-A');
      git(
        '-c',
        'commit.gpgsign=false',
        'commit',
        '-q',
        '--allow-empty',
        '-m',
        subject,
        '--author',
        `${author} <${author.toLowerCase()}@example.org>`,
        '--date',
        `${clock} +0000`,
      );
      return git('rev-parse', 'HEAD').trim();
    },
    git,
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** A small shop in Python: three layers, an import cycle, a test, and two authors. */
export function shopRepository(): SampleRepository {
  const repository = emptyRepository();
  const { write, commit } = repository;
  write('README.md', '# Shop\n\nSells things.\n');
  write('shop/__init__.py', '"""A shop that sells things. It has prices."""\n');
  write(
    'shop/money.py',
    'class Money:\n    """An amount."""\n\n    def __init__(self, cents):\n        self.cents = cents\n\n    def add(self, other):\n        return Money(self.cents + other.cents)\n',
  );
  write(
    'shop/basket.py',
    'from shop.money import Money\n\n\nclass Basket:\n    def __init__(self):\n        self.items = []\n\n    def put(self, price):\n        self.items.append(price)\n\n    def total(self):\n        result = Money(0)\n        for price in self.items:\n            result = result.add(price)\n        return result\n',
  );
  write(
    'shop/till.py',
    'from shop.basket import Basket\nfrom shop import receipt\n\n\ndef checkout(basket):\n    return receipt.render(basket.total())\n\n\ndef main():\n    basket = Basket()\n    print(checkout(basket))\n\n\nif __name__ == "__main__":\n    main()\n',
  );
  write(
    'shop/receipt.py',
    'from shop import till\n\n\ndef render(amount):\n    return str(amount.cents)\n\n\ndef again(basket):\n    return till.checkout(basket)\n',
  );
  write(
    'tests/test_basket.py',
    'from shop.basket import Basket\nfrom shop.money import Money\n\n\ndef test_total():\n    basket = Basket()\n    basket.put(Money(3))\n    assert basket.total().cents == 3\n',
  );
  commit('Ada', 'Open the shop');
  write(
    'shop/receipt.py',
    'from shop import till\n\n\ndef render(amount):\n    if amount.cents < 0:\n        return "-" + str(-amount.cents)\n    return str(amount.cents)\n\n\ndef again(basket):\n    return till.checkout(basket)\n',
  );
  commit('Ben', 'fix: negative amounts were wrong');
  return repository;
}
