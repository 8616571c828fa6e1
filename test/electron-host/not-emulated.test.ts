import { expect, test } from 'vitest';
import { Emulated, onlyEmulated } from './not-emulated.ts';

test('an unknown member throws its full name', () => {
  const known = onlyEmulated('shell', { beep: () => 'beep' });
  expect(known.beep()).toBe('beep');
  expect(() => Reflect.get(known, 'trashItem')).toThrow('stand-in: shell.trashItem is not emulated');
});

test('subclasses keep their private fields and their events, and throw for the rest', async () => {
  class Lamp extends Emulated {
    #lit = false;
    constructor() {
      super('Lamp');
      this.on('on', () => {
        this.#lit = true;
      });
    }
    get lit(): boolean {
      return this.#lit;
    }
  }
  const lamp = new Lamp();
  lamp.emit('on');
  expect(lamp.lit).toBe(true);
  expect(() => Reflect.get(lamp, 'dim')).toThrow('Lamp.dim');
  expect(await Promise.resolve(lamp)).toBe(lamp);
});
