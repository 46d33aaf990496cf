import {
  BehaviorSubject,
  bufferCount,
  catchError,
  combineLatest,
  concat,
  concatMap,
  debounceTime,
  defer,
  delay,
  distinctUntilChanged,
  EMPTY,
  expand,
  finalize,
  firstValueFrom,
  forkJoin,
  from,
  groupBy,
  interval,
  lastValueFrom,
  map,
  materialize,
  merge,
  mergeMap,
  type Observable,
  of,
  pairwise,
  partition,
  ReplaySubject,
  range,
  reduce,
  retry,
  Subject,
  scan,
  share,
  skipWhile,
  startWith,
  switchMap,
  take,
  takeLast,
  takeUntil,
  throttleTime,
  throwError,
  timeout,
  toArray,
  VirtualTimeScheduler,
  windowCount,
  withLatestFrom,
  zip,
} from '../packages/rxjs/src/index';
import { task } from './journal';

const all = <T>(stream: Observable<T>): Promise<T[]> => lastValueFrom(stream.pipe(toArray()));

task('feed of prices broke off', async (log) => {
  const prices = from([3, 3, 5, 4, 4, 9, 1]);
  log.compare(
    'prices of the feed differ',
    await all(
      prices.pipe(
        distinctUntilChanged(),
        scan((sum, one) => sum + one, 0),
      ),
    ),
  );
  log.compare(
    'steps between prices differ',
    await all(
      prices.pipe(
        pairwise(),
        map(([a, b]) => b - a),
        skipWhile((one) => one === 0),
      ),
    ),
  );
  log.compare('bundles of prices differ', [
    await all(prices.pipe(bufferCount(3, 2))),
    await all(
      prices.pipe(
        windowCount(3),
        mergeMap((part) => part.pipe(reduce((a, b) => a * b))),
      ),
    ),
  ]);
  log.compare(
    'groups of prices differ',
    await all(
      prices.pipe(
        groupBy((one) => one % 2),
        mergeMap((group) =>
          group.pipe(
            toArray(),
            map((list) => [group.key, list]),
          ),
        ),
      ),
    ),
  );
  const [low, high] = partition(prices, (one) => one < 4);
  log.compare('low and high prices differ', [await all(low), await all(high.pipe(takeLast(2)))]);
});

task('feeds could not be joined', async (log) => {
  const letters = of('a', 'b', 'c');
  log.compare('joined feeds differ', [
    await all(zip(letters, range(1, 5))),
    await all(concat(letters, range(1, 2))),
    await all(combineLatest([letters, of(1, 2)])),
    await firstValueFrom(forkJoin({ x: letters, y: range(3, 2) })),
  ]);
  log.compare('nested feeds differ', [
    await all(letters.pipe(concatMap((one) => of(one, one + one)))),
    await all(letters.pipe(switchMap((one) => of(one).pipe(startWith('-'))))),
    await all(
      of(1).pipe(
        expand((n) => (n < 20 ? of(n * 3) : EMPTY)),
        take(5),
      ),
    ),
  ]);
  log.compare('feed with the latest rate differs', await all(range(1, 3).pipe(withLatestFrom(of(10, 20)))));
  log.compare('merged feeds differ', await all(merge(letters, of(1).pipe(map(String)))));
});

task('failing feed was not taken up again', async (log) => {
  let tries = 0;
  const shaky = defer(() => (++tries < 3 ? throwError(() => new Error(`try ${tries}`)) : of(tries)));
  log.compare('feed needed another number of tries', [await all(shaky.pipe(retry(4))), tries]);
  log.compare('failure of the feed is told otherwise', [
    await all(throwError(() => new Error('lost')).pipe(catchError((error: Error) => of(error.message)))),
    await firstValueFrom(EMPTY).catch((error: Error) => error.message),
    (await all(throwError(() => 7).pipe(materialize()))).map(({ kind }) => kind),
  ]);
  const ended: string[] = [];
  await all(of(1).pipe(finalize(() => ended.push('end'))));
  log.compare('end of the feed is told otherwise', ended);
});

task('subscribers of the feed were forgotten', (log) => {
  const seen: unknown[] = [];
  const state = new BehaviorSubject(1);
  const replay = new ReplaySubject<number>(2);
  const stop = new Subject<void>();
  state.pipe(takeUntil(stop)).subscribe((one) => seen.push(['state', one]));
  const shared = state.pipe(
    map((one) => {
      seen.push('work');
      return one * 2;
    }),
    share(),
  );
  const [first, second] = [
    shared.subscribe((one) => seen.push(['first', one])),
    shared.subscribe((one) => seen.push(['second', one])),
  ];
  for (const one of [2, 3, 4]) {
    state.next(one);
    replay.next(one);
  }
  first.unsubscribe();
  stop.next();
  state.next(5);
  second.unsubscribe();
  state.next(6);
  replay.subscribe((one) => seen.push(['late', one]));
  log.compare('subscribers saw something else', seen);
  log.compare('subscribers are counted otherwise', [
    state.observed,
    stop.observed,
    first.closed,
    state.value,
  ]);
});

task('clock of the feed does not tick', (log) => {
  const clock = new VirtualTimeScheduler();
  const seen: unknown[] = [];
  interval(10, clock)
    .pipe(take(6), throttleTime(25, clock))
    .subscribe((one) => seen.push(['throttled', one, clock.now()]));
  of('x')
    .pipe(delay(35, clock))
    .subscribe((one) => seen.push([one, clock.now()]));
  interval(20, clock)
    .pipe(take(3), debounceTime(15, clock))
    .subscribe((one) => seen.push(['quiet', one, clock.now()]));
  interval(50, clock)
    .pipe(timeout({ each: 30, scheduler: clock, with: () => of('too late') }))
    .subscribe((one) => seen.push([one, clock.now()]));
  clock.flush();
  log.compare('ticks of the feed differ', seen);
});
