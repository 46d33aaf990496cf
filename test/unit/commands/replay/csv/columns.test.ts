import { describe, expect, it } from 'vitest';
import { cellTime } from '../../../../../src/commands/replay/csv/cell-value.ts';
import { columnsOf } from '../../../../../src/commands/replay/csv/columns.ts';

const of = (first: string, row: string = first) => {
  const { hasHeader, names, time, values } = columnsOf(first.split(','), row.split(','));
  return { hasHeader, time: time === null ? null : names[time], values: values.map((place) => names[place]) };
};

describe('the time of a row', () => {
  it.each([
    ['2014-07-01 00:30:00', '2014-07-01T00:30:00.000Z'],
    ['2014-07-01T00:30:00.250+02:00', '2014-06-30T22:30:00.250Z'],
    ['2014-07-01T00:30Z', '2014-07-01T00:30:00.000Z'],
    ['2014/07/01 00:30', '2014-07-01T00:30:00.000Z'],
    ['2014-07-01', '2014-07-01T00:00:00.000Z'],
    [' 1404174600 ', '2014-07-01T00:30:00.000Z'],
    ['1404174600.5', '2014-07-01T00:30:00.500Z'],
    ['1404174600000', '2014-07-01T00:30:00.000Z'],
  ])('is read from %j', (cell, iso) => expect(cellTime(cell)).toBe(Date.parse(iso)));

  it.each(['', 'NaN', '12', '85.835', 'cpu0', '2014-99-01'])('is not read from %j', (cell) =>
    expect(cellTime(cell)).toBeNull(),
  );
});

describe('the columns of a CSV file', () => {
  it.each([
    ['timestamp,value', '2014-07-01 00:00:00,10', 'timestamp', ['value']],
    ['value,timestamp', '1500000000,1404174600', 'timestamp', ['value']],
    ['host,when,cpu', 'a,2014-07-01T00:00:00Z,3', 'when', ['host', 'cpu']],
    ['bytes,Date', '1500000000,2014-07-01', 'Date', ['bytes']],
    ['time,date,load', '17,2014-07-01,3', 'date', ['load']],
    ['bytes,load', '1500000000,3', null, ['bytes', 'load']],
    ['timestamp,value', '1,85.5', null, ['value']],
    ['timestamp,value', ',85.5', 'timestamp', ['value']],
    [',cpu,cpu, ', '0,1,2,3', null, ['cpu', 'cpu_2']],
  ])('%s over %s: the time is %s', (first, row, time, values) => {
    expect(of(first, row)).toEqual({ hasHeader: true, time, values });
  });

  it.each([
    ['1404174600,3,4', 'timestamp', ['value', 'value_2']],
    ['3,2014-07-01 00:00:00,,nan', 'timestamp', ['value', 'value_2', 'value_3']],
    ['1500000000', null, ['value']],
    ['3,4', null, ['value', 'value_2']],
  ])('%s is values without names', (first, time, values) => {
    expect(of(first)).toEqual({ hasHeader: false, time, values });
  });
});
