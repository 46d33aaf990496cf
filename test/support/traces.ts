/** Traces as the runtimes print them. */
export const UNCAUGHT = `/app/src/server.js:12
    throw new RangeError('too many');
    ^

RangeError: too many
    at handle (/app/src/server.js:12:11)
    at Server.<anonymous> (/app/src/server.js:30:3)
    at Server.emit (node:events:519:28)

Node.js v24.1.0`;

export const WITH_CAUSE = `TypeError: Cannot read properties of undefined (reading 'total')
    at totalOf (/srv/shop/src/cart.ts:41:22)
    at /srv/shop/node_modules/express/lib/router.js:10:5
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)
    at async checkout (file:///srv/shop/src/checkout.ts:18:3) {
  code: 'E_CART',
  [cause]: Error: cart is gone
      at load (/srv/shop/src/store.ts:7:9)
      ... 2 lines matching cause stack trace ...
}`;

export const PYTHON = `Traceback (most recent call last):
  File "/srv/app/views.py", line 20, in show
    return render(load(name))
                  ~~~~^^^^^^
  File "/srv/app/models.py", line 9, in load
    return rows[name]
KeyError: 'blue'`;

export const PYTHON_CHAIN = `${PYTHON}

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/srv/app/main.py", line 3, in <module>
    show('blue')
  File "/usr/lib/python3.11/site-packages/web/app.py", line 88, in show
    raise NotFound(name)
web.errors.NotFound: blue is not here`;
