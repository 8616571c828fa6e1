/** Options of the programs behind `npm run …`: `--help` tells what there is, and a wrong call says what is wrong with it and ends with 2. */
import { type ParseArgsConfig, type ParseArgsOptionsConfig, parseArgs } from 'node:util';

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options } & Pick<ParseArgsConfig, never>>
>['values'];

/**
 * The options that the program was called with; ends the process where they are none, or where only help was asked for.
 * @param usage what `--help` shows
 */
export function optionsOf<const Options extends ParseArgsOptionsConfig>(usage: string, options: Options): Values<Options> {
  if (process.argv.slice(2).includes('--help')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values as Values<Options>;
  } catch (error) {
    return endAsWrong(`${(error as Error).message}\n\n${usage}`);
  }
}

/** A whole number above 0. @param name of the option, without its dashes */
export function countIn(text: string, name: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  return endAsWrong(`--${name} takes a whole number above 0, not "${text}".`);
}

/** Of names separated by commas, those that there are. @param what a name is of, such as "part" */
export function namesIn(text: string, known: readonly string[], what: string): string[] {
  const names = text.split(',');
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names;
  return endAsWrong(`There is no ${what} ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
}

export function endAsWrong(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
