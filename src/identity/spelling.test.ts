import { expect, test } from 'vitest';
import { spellingOf } from './spelling.ts';

test.each([
  ['SO-1042', '', 'so', '1042'],
  ['so_1042', '', 'so', '1042'],
  ['SO1042', '', 'so', '1042'],
  ['SO-0042', '', 'so', '42'],
  ['0000001042', '', '', '1042'],
  ['#1042', '', '', '1042'],
  ['gid://shop/Order/1042', 'gid://shop/order/', '', '1042'],
  ['urn:acme:order:SO-1042', 'urn:acme:order:', 'so', '1042'],
  ['sales-order-77', '', 'salesorder', '77'],
  ['pay_ab12cd', '', 'pay', 'ab12cd'],
  ['ab12cd', '', '', 'ab12cd'],
  ['000', '', '', '0'],
  ['north', '', '', 'north'],
  ['{ABCDEF01-1111-2222-3333-444455556666}', '', '', 'abcdef01-1111-2222-3333-444455556666'],
  ['/orders/1042/lines/7', '', '', '/orders/1042/lines/7'],
  ['Ärger-9', '', '', 'ärger-9'],
])('%s is base %s, prefix %s, core %s', (value, base, prefix, core) => {
  expect(spellingOf(value)).toMatchObject({ base, prefix, core });
});

test('separators inside a core are kept apart and squashed', () => {
  expect(spellingOf('SO-2024-00042')).toMatchObject({ prefix: 'so', core: '2024-00042', squashed: '202400042' });
});

test('a slash between digits separates the year from the number, and is no path', () => {
  expect(spellingOf('26/0004711')).toMatchObject({ base: '', prefix: '', core: '26-0004711', squashed: '260004711', style: '|/' });
  expect(spellingOf('26-0004711')).toMatchObject({ base: '', core: '26-0004711', squashed: '260004711' });
  expect(spellingOf('260004711').squashed).toBe('260004711');
  expect(spellingOf('orders/1042').base).toBe('orders/');
});

test('a text of separators only is its own core', () => {
  expect(spellingOf(' --- ').core).toBe('---');
});
