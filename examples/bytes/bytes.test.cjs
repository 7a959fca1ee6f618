const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const bytes = require('bytes');
const { format, parse } = require('bytes');

describe('format', () => {
  it('is undone by parse for integers from 0 to 1000', () => {
    for (const value of [0, 4, 7, 35, 89, 419, 823, 999]) {
      assert.equal(parse(format(value)), value);
    }
  });

  it("returns '1.50B' for 1.5 and an object with fixedDecimals, thousandsSeparator and unit", () => {
    const result = format(1.5, { fixedDecimals: 1e-7, thousandsSeparator: '1.5KB', unit: '0   gb' });

    assert.equal(result, '1.50B');
  });

  it("returns '0.ba0000KB' for 1.5 and an object with unit and unitSeparator", () => {
    const result = format(1.5, { unit: 'KB', unitSeparator: '.ba0000' });

    assert.equal(result, '0.ba0000KB');
  });

  it("returns '1TB' for 1099511627776", () => {
    const formatResult = format(1_099_511_627_776);

    assert.equal(formatResult, '1TB');
  });

  it("returns '888178.42PB' for 1e+21 and an empty object", () => {
    const result = format(1e+21, {});

    assert.equal(result, '888178.42PB');
  });

  it('returns null without arguments', () => {
    const result = format();

    assert.equal(result, null);
  });

  it('throws a RangeError for 3 and an object with decimalPlaces, thousandsSeparator and unitSeparator', () => {
    assert.throws(() => format(3, { decimalPlaces: 1000, thousandsSeparator: '1.5KB', unitSeparator: undefined }), { name: 'RangeError', message: 'toFixed() digits argument must be between 0 and 100' });
  });

  it("returns '-1.5B' for -1.5", () => {
    const result = format(-1.5);

    assert.equal(result, '-1.5B');
  });

  it("returns '1MB' for 1048576", () => {
    const result = format(1_048_576);

    assert.equal(result, '1MB');
  });

  it("returns '1GB' for 1073741824", () => {
    const formatResult = format(1_073_741_824);

    assert.equal(formatResult, '1GB');
  });

  it("returns '1KB' for 1024 and undefined", () => {
    const result = format(1024, undefined);

    assert.equal(result, '1KB');
  });

  it("returns '1PB' for 1125899906842624", () => {
    const result = format(1125899906842624);

    assert.equal(result, '1PB');
  });
});

describe('parse', () => {
  it('returns 1048576 for what format gives', () => {
    const formatResult = format(1_048_575);

    assert.equal(formatResult, '1024KB');

    const result = parse(formatResult);

    assert.equal(result, 1_048_576);
  });

  it('returns 5 for 5', () => {
    const result = parse(5);

    assert.equal(result, 5);
  });

  it('returns null without arguments', () => {
    const result = parse();

    assert.equal(result, null);
  });
});

describe('bytes', () => {
  it("returns '1024MB' for 1073741823 and undefined", () => {
    const result = bytes(1_073_741_823, undefined);

    assert.equal(result, '1024MB');
  });

  it('returns null for an empty string', () => {
    const result = bytes('');

    assert.equal(result, null);
  });

  it("returns '13264 mb024[object Object]TB' for 1125899906842623 and an object with thousandsSeparator and…", () => {
    const result = bytes(1125899906842623, { thousandsSeparator: ['3264  mb'], unitSeparator: {} });

    assert.equal(result, '13264  mb024[object Object]TB');
  });

  it("returns 1 for '1'", () => {
    const result = bytes('1');

    assert.equal(result, 1);
  });

  it("returns '1024GB' for 1099511627775 and undefined", () => {
    const result = bytes(1_099_511_627_775, undefined);

    assert.equal(result, '1024GB');
  });

  it('returns null without arguments', () => {
    const result = bytes();

    assert.equal(result, null);
  });
});
