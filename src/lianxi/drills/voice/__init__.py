"""The drill `voice`: everything a telephone can do, item by item, on real parts.

Each item is played by itself on a floor that is empty before and after it; one that fails does not
keep the next from being played. To add items write a file in this package:

    async def customer_is_held(stage: Stage) -> None:
        '''A customer on hold hears music.'''            # the title people read
        agent, customer = await stage.talk("8001")      # joined, each heard the other
        await agent.ask("hold", customer)               # as the desk asks, over HTTP
        await stage.fact("contact.held.v1", customer)   # what the journal says of it
        stage.state("Music is heard", await stage.hears(customer, None), "...")

    ITEMS = (Item(name="hold", run=customer_is_held),)

and nothing else (`Item` is in `item.py`, `Stage` in `stage.py`): every file here that has `ITEMS`
is found. `stage.agent`, `stage.supervisor` and `stage.customer` bring people (desk phones and
callers with a tone of their own each, so that `stage.hears(listener, speaker)` tells who hears
whom); what an item brings goes home after it. Say what should hold with `stage.state`; an exception
is a statement that failed. `lianxi drill voice --only hold` plays one item.
"""
