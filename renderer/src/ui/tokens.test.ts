import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The tokens as written: name → [light, dark], hex colours only, the high-contrast block left out. */
function readTokens(): ReadonlyMap<string, readonly [string, string]> {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').split('@media (prefers-contrast')[0] ?? '';
  const found = css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, [light, dark]]));
}

type Rgb = readonly [number, number, number];

/** Linear-light sRGB, 0..1. */
function linear(hex: string): Rgb {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const light = ([red, green, blue]: Rgb): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const [high = 0, low = 0] = [light(linear(a)), light(linear(b))].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

type Matrix = readonly [Rgb, Rgb, Rgb];

// Machado, Oliveira, Fernandes 2009, severity 1.0, for linear-light sRGB.
const NORMAL: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const DEUTERANOPIA: Matrix = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
];
const PROTANOPIA: Matrix = [
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
];

/** OKLab of a colour as seen through a matrix (Ottosson 2020). */
function oklab(hex: string, seen: Matrix): Rgb {
  const rgb = linear(hex);
  const [r, g, b] = seen.map((row) => Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]))) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: string, b: string, seen: Matrix): number {
  const [x, y] = [oklab(a, seen), oklab(b, seen)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

const tokens = readTokens();
const get = (name: string, theme: 0 | 1): string => {
  const pair = tokens.get(name);
  if (pair === undefined) throw new Error(`no token --${name}`);
  return pair[theme];
};
const themes = [
  ['light', 0],
  ['dark', 1],
] as const;

describe.each(themes)('%s theme', (_name, theme) => {
  it('has text that can be read on every ground it stands on (4.5:1)', () => {
    for (const text of ['ink', 'ink-2', 'ink-3', 'accent', 'critical', 'warning', 'info', 'fine']) {
      for (const ground of ['bg', 'panel', 'raise', 'hover', 'select']) {
        expect(contrast(get(text, theme), get(ground, theme)), `--${text} on --${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const tone of ['critical', 'warning', 'info', 'fine']) {
      expect(contrast(get(tone, theme), get(`${tone}-wash`, theme)), `--${tone} on its wash`).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(get('on-accent', theme), get('accent', theme))).toBeGreaterThanOrEqual(4.5);
  });

  it('has system colours that stand out from the ground (3:1)', () => {
    for (let index = 1; index <= 10; index += 1) {
      for (const ground of ['bg', 'panel', 'raise']) {
        expect(contrast(get(`sys-${index}`, theme), get(ground, theme)), `--sys-${index} on --${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it.each([
    ['normal sight', NORMAL, 0.12],
    ['deuteranopia', DEUTERANOPIA, 0.08],
    ['protanopia', PROTANOPIA, 0.08],
  ] as const)('tells the first eight systems apart with %s', (_sight, seen, least) => {
    for (let a = 1; a <= 8; a += 1) {
      for (let b = a + 1; b <= 8; b += 1) {
        expect(distance(get(`sys-${a}`, theme), get(`sys-${b}`, theme), seen), `--sys-${a} and --sys-${b}`).toBeGreaterThanOrEqual(least);
      }
    }
  });
});
