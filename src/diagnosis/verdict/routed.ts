import { placeText, type Thought, type Weighing } from './weighing.ts';

/** The line that printed a message only reports it: the handler of the route that the message names is where it failed. */
export function handlerAtFault({ located, anomaly, cite }: Weighing): Thought | null {
  if (located.by !== 'message') return null;
  for (const suspect of located.suspects) {
    const route = /^handles ([^,\s]+)/.exec(suspect.why)?.[1];
    if (route === undefined || !anomaly.sample.text.includes(route)) continue;
    const text = `The message names ${route}, and ${suspect.file}:${suspect.line} handles it.`;
    const restsOn = [...cite.event, ...cite.suspect(suspect)];
    return {
      text: `${placeText(suspect)} failed while it handled ${route}.`,
      for: [{ kind: 'handles', text, restsOn, shown: [{ words: route, by: cite.event }] }],
      against: [],
    };
  }
  return null;
}
