import type { NAME_STYLES } from './schema.ts';

export type NameStyle = (typeof NAME_STYLES)[number];

const STYLES: Readonly<Record<NameStyle, RegExp>> = {
  'kebab-case': /^\p{Ll}[\p{Ll}\d]*(-[\p{Ll}\d]+)*$/u,
  snake_case: /^\p{Ll}[\p{Ll}\d]*(_[\p{Ll}\d]+)*$/u,
  camelCase: /^\p{Ll}[\p{L}\d]*$/u,
  PascalCase: /^\p{Lu}[\p{L}\d]*$/u,
  'lower case': /^[^\p{Lu}]+$/u,
};

/** Whether a name keeps to a naming rule. */
export function keepsTo(style: NameStyle, name: string): boolean {
  return STYLES[style].test(name);
}
