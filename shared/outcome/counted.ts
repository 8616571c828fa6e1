/** How many of something there are, as a person reads it in a message of the command line or of a service: "1 block", "2 blocks". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
