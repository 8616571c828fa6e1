/** The unit tests, over a program without what answers one threat: `BREAK_ON_PURPOSE` names which. */
import { defineConfig } from 'vitest/config';
import whole from '../../vitest.config.ts';
import { brokenOnPurpose } from './breakages.ts';

const plugins = [brokenOnPurpose(process.env.BREAK_ON_PURPOSE ?? '')];
const projects = (whole.test?.projects ?? []).slice(0, 2).map((project) => Object.assign({}, project, { plugins }));

// A broken source is never kept for a run of whole ones, nor the other way round.
export default defineConfig({ ...whole, test: { ...whole.test, fsModuleCache: false, projects } });
