import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate, type MenuActions, type MenuState } from './menu.ts';

function itemsOf(state: Partial<MenuState>, heard: unknown[] = []): MenuItemConstructorOptions[] {
  const note =
    (name: string) =>
    (...args: unknown[]): void =>
      void heard.push([name, ...args]);
  const actions: MenuActions = {
    newWorkspace: note('new'),
    openWorkspace: note('open'),
    openRecent: note('recent'),
    importFiles: note('files'),
    importFolder: note('folder'),
    go: note('go'),
    showLog: note('log'),
  };
  const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
  return flat(menuTemplate({ platform: 'linux', production: true, recent: [], ...state }, actions));
}

const roles = (items: readonly MenuItemConstructorOptions[]): readonly (string | undefined)[] => items.map((item) => item.role);

describe('menuTemplate', () => {
  it('has neither reload nor developer tools in a packaged app', () => {
    expect(
      roles(itemsOf({ production: true })).filter((role) => role === 'reload' || role === 'toggleDevTools' || role === 'forceReload'),
    ).toEqual([]);
    expect(roles(itemsOf({ production: false }))).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']));
  });

  it('calls what each item says', () => {
    const heard: unknown[] = [];
    const items = itemsOf({ recent: [{ path: '/a/b&c.waybill', name: 'b&c' }] }, heard);
    for (const item of items) (item.click as (() => void) | undefined)?.();
    expect(heard).toEqual([
      ['new'],
      ['open'],
      ['recent', '/a/b&c.waybill'],
      ['files'],
      ['folder'],
      ['go', '/'],
      ['go', '/records'],
      ['go', '/findings'],
      ['go', '/incidents'],
      ['go', '/flows'],
      ['go', '/sources'],
      ['go', '/sql'],
      ['log'],
    ]);
    expect(items.map((item) => item.label)).toContain('b&&c');
  });

  it('has the menus of a Mac on a Mac, where one dialog chooses files and folders', () => {
    const mac = itemsOf({ platform: 'darwin' });
    expect(roles(mac)).toEqual(expect.arrayContaining(['appMenu', 'windowMenu', 'close']));
    expect(roles(mac)).not.toContain('quit');
    expect(mac.map((item) => item.id)).not.toContain('import-folder');
  });

  it('uses each accelerator once', () => {
    const used = itemsOf({}).flatMap((item) => item.accelerator ?? []);
    expect(new Set(used).size).toBe(used.length);
    expect(itemsOf({}).find((item) => item.id === 'open-recent')?.enabled).toBe(false);
  });
});
