"""The methods of the Bot API that the simulator answers, by name."""

from collections.abc import Callable, Mapping

from bot.simulator import profile, sending, webhook
from bot.simulator.params import Params
from bot.simulator.world import World

Method = Callable[[World, Params], object]

# Names are matched without regard to case, as Telegram does. getUpdates waits, so it is apart.
METHODS: Mapping[str, Method] = {
    "answercallbackquery": sending.answer_callback_query,
    "deletemessage": sending.delete_message,
    "deletemycommands": profile.delete_my_commands,
    "deletewebhook": webhook.delete_webhook,
    "editmessagereplymarkup": sending.edit_message_reply_markup,
    "editmessagetext": sending.edit_message_text,
    "getchat": profile.get_chat,
    "getchatmember": profile.get_chat_member,
    "getfile": lambda world, params: world.files.get_file(params),
    "getme": profile.get_me,
    "getmycommands": profile.get_my_commands,
    "getwebhookinfo": webhook.get_webhook_info,
    "leavechat": profile.leave_chat,
    "sendchataction": sending.send_chat_action,
    "sendmessage": sending.send_message,
    "setmessagereaction": sending.set_message_reaction,
    "setmycommands": profile.set_my_commands,
    "setmydescription": profile.set_my_description,
    "setmyshortdescription": profile.set_my_short_description,
    "setwebhook": webhook.set_webhook,
}
