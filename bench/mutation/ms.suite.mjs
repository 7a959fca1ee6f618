import assert from 'node:assert';
import ms from '../src/index.js';

describe('texts', () => {
  it('of every unit', () => {
    assert.strictEqual(ms('100'), 100);
    assert.strictEqual(ms('1m'), 60000);
    assert.strictEqual(ms('2 hours'), 7200000);
    assert.strictEqual(ms('2d'), 172800000);
    assert.strictEqual(ms('3w'), 1814400000);
    assert.strictEqual(ms('1s'), 1000);
    assert.strictEqual(ms('50 msecs'), 50);
    assert.strictEqual(ms('1y'), 31557600000);
  });
  it('with fractions and signs', () => {
    assert.strictEqual(ms('1.5h'), 5400000);
    assert.strictEqual(ms('-100ms'), -100);
    assert.strictEqual(ms('.5s'), 500);
  });
  it('that are none', () => {
    assert.ok(ms('word') === undefined);
    assert.throws(() => ms(''));
    assert.throws(() => ms(undefined));
    assert.throws(() => ms(NaN));
  });
});

describe('numbers', () => {
  it('in short', () => {
    assert.strictEqual(ms(500), '500ms');
    assert.strictEqual(ms(1000), '1s');
    assert.strictEqual(ms(60000), '1m');
    assert.strictEqual(ms(3600000), '1h');
    assert.strictEqual(ms(-172800000), '-2d');
  });
  it('in long', () => {
    assert.strictEqual(ms(500, { long: true }), '500 ms');
    assert.strictEqual(ms(1000, { long: true }), '1 second');
    assert.strictEqual(ms(10000, { long: true }), '10 seconds');
    assert.strictEqual(ms(120000, { long: true }), '2 minutes');
    assert.strictEqual(ms(86400000, { long: true }), '1 day');
  });
});
