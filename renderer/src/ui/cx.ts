/** Joins class names, leaving out what is absent: `cx(styles.row, selected && styles.selected)`. */
export function cx(...names: readonly (string | false | undefined)[]): string {
  return names.filter((name) => name !== false && name !== undefined && name !== '').join(' ');
}
