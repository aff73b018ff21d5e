// A small JSON-RPC client over one WebSocket: calls, subscriptions that survive
// a reconnection (each says anew with which parameters), and back-off.

const firstDelay = 500;
const maxDelay = 10_000;

export class Rpc {
  #url; #socket; #nextId = 1; #calls = new Map(); #handlers = new Map(); #subscriptions = []; #delay = firstDelay;

  // onState is called with "connecting", "live" or "down".
  constructor(url, onState) {
    this.#url = url;
    this.onState = onState;
  }

  open() {
    this.onState("connecting");
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = async () => {
      this.#delay = firstDelay;
      this.onState("live");
      for (const s of this.#subscriptions) await this.#start(s);
    };
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    socket.onclose = () => this.#lost();
  }

  #lost() {
    this.onState("down");
    for (const { reject } of this.#calls.values()) reject(new Error("connection lost"));
    this.#calls.clear();
    this.#handlers.clear();
    setTimeout(() => this.open(), this.#delay);
    this.#delay = Math.min(this.#delay * 2, maxDelay);
  }

  #receive(message) {
    if (message.method === "eth_subscription") {
      this.#handlers.get(message.params.subscription)?.(message.params.result);
      return;
    }
    const call = this.#calls.get(message.id);
    if (!call) return;
    this.#calls.delete(message.id);
    if (message.error) call.reject(Object.assign(new Error(message.error.message), message.error));
    else call.resolve(message.result);
  }

  call(method, params = []) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) return reject(new Error("not connected"));
      this.#calls.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  // subscribe keeps a subscription alive. prepare() is asked for the parameters
  // each time it starts, so that it can put the last cursor in; failed(error)
  // may forget what cannot be resumed and return true to try again.
  subscribe(prepare, onMessage, failed = () => false) {
    this.#subscriptions.push({ prepare, onMessage, failed });
  }

  async #start(s) {
    for (let tries = 0; tries < 2; tries++) {
      try {
        const params = await s.prepare();
        // The handler is set when the answer arrives: the server writes the
        // first notification after it.
        const id = await this.call("eth_subscribe", params);
        this.#handlers.set(id, s.onMessage);
        return;
      } catch (error) {
        if (!s.failed(error)) return;
      }
    }
  }
}
