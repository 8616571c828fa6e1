/**
 * Properties try the same values in each run, so that a commit is judged the same today and tomorrow. Other values are tried on demand:
 * `PROPERTY_SEED=7 npm run test:unit`, and what they find becomes an example of its property.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
