/** The environment without what vitest puts into its workers, for programs that a test starts as a person would. */
export function outsideEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(VITEST|NODE_ENV$|TEST$|MODE$|DEV$|PROD$|SSR$|BASE_URL$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
