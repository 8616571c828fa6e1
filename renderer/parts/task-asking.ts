import { createContext, useContext } from 'react';

/** What a task begins with, wherever one thinks of it: a chart, a result, an alert. */
export interface TaskBeginning {
  readonly patient: { readonly id: string; readonly name: string };
  /** Words to go on from. */
  readonly what?: string;
  /** The record it is about: `Observation/<id>`. */
  readonly about?: string;
}

const TaskAskingContext = createContext<(beginning: TaskBeginning) => void>(() => undefined);

export const TaskAskingProvider = TaskAskingContext.Provider;

/** Opens the form of a new task over whatever screen is looked at. */
export function useTaskAsking(): (beginning: TaskBeginning) => void {
  return useContext(TaskAskingContext);
}
