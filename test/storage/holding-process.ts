/** Opens a data folder, says so, and holds it until it is killed. */
import { openDataFolder } from '../../server/storage/data-folder.ts';

const [path] = process.argv.slice(2) as [string];
await openDataFolder(path);
process.stdout.write('open\n');
setInterval(() => undefined, 60_000);
