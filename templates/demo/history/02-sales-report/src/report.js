const DAY = 86_400_000;

/** Sales of the last days, by city. */
export function salesReport(query, orders) {
  const days = Number(query.get('days') ?? 7);
  const chosen = lastDays(orders, days);
  const cities = {};
  for (const order of chosen) {
    const { city } = order.customer.address;
    cities[city] = (cities[city] ?? 0) + order.total;
  }
  return { status: 200, body: { days, orders: chosen.length, cities } };
}

function lastDays(orders, days) {
  const end = orders.at(-1)?.at ?? 0;
  return orders.filter((order) => order.at > end - days * DAY);
}
