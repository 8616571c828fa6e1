/** What tasks show: the list beside the day's visits, how many are open, and the form that any screen opens. */
import { useQuery } from '@apollo/client/react';
import { lazy } from 'react';
import { mayDo } from '../../../shared/access/permissions.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { tasksOf } from './task-documents.ts';

export const TaskList = lazy(() => import('./task-list.tsx').then((file) => ({ default: file.TaskList })));

export const AddTask = lazy(() => import('./add-task.tsx').then((file) => ({ default: file.AddTask })));

export const PatientTasks = lazy(() => import('./patient-tasks.tsx').then((file) => ({ default: file.PatientTasks })));

/** How many tasks of who is signed in are open; undefined while that is not known, or for roles without tasks. */
export function useOpenTasks(): number | undefined {
  const skip = !mayDo(useSignedIn().role, 'tasks.read');
  const { data } = useQuery(tasksOf, { variables: { whose: 'MINE' }, skip });
  return data?.tasks.filter(({ state }) => state === 'OPEN').length;
}
