import { existsSync } from 'node:fs';

export default function setup(): void {
  existsSync('out');
}
