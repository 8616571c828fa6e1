import type { MenuItemConstructorOptions } from 'electron';
import { Emulated } from './not-emulated.ts';

/** A menu that a test reads and clicks: `Menu.getApplicationMenu().getMenuItemById('x').click()`. */
export class MenuItem extends Emulated {
  readonly id: string | undefined;
  readonly role: string | undefined;
  readonly submenu: Menu | undefined;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly click: (() => void) | undefined;

  constructor(options: MenuItemConstructorOptions) {
    super('MenuItem');
    this.id = options.id;
    this.role = options.role;
    this.label = options.label ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = options.click as (() => void) | undefined;
    this.submenu = Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : undefined;
  }
}

export class Menu extends Emulated {
  readonly items: MenuItem[] = [];
  static #application: Menu | null = null;

  constructor() {
    super('Menu');
  }

  static buildFromTemplate(template: MenuItemConstructorOptions[]): Menu {
    const menu = new Menu();
    for (const options of template) menu.append(new MenuItem(options));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}
