// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package bindings

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// AnchorRegistryAnchor is an auto generated low-level Go binding around an user-defined struct.
type AnchorRegistryAnchor struct {
	Height        uint64
	BlockHash     [32]byte
	DirectoryRoot [32]byte
	HistoryRoot   [32]byte
}

// AnchorRegistryMetaData contains all meta data concerning the AnchorRegistry contract.
var AnchorRegistryMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"AlreadyAnchored\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"given\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"canonical\",\"type\":\"bytes32\"}],\"name\":\"BlockHashMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"BlockNotAvailable\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"EmptyDirectory\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"given\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"current\",\"type\":\"uint64\"}],\"name\":\"FenceTooLow\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotAnchorer\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"value\",\"type\":\"bytes32\"}],\"name\":\"NotFieldElement\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotPendingOwner\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"AnchorReplaced\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"directoryRoot\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"historyRoot\",\"type\":\"bytes32\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"allowed\",\"type\":\"bool\"}],\"name\":\"AnchorerSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fence\",\"type\":\"uint64\"}],\"name\":\"FenceRaised\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"OwnershipOffered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"}],\"name\":\"OwnershipTaken\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"COMMIT_TAG\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"HISTORY_STORAGE\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"directoryRoot\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"historyRoot\",\"type\":\"bytes32\"}],\"internalType\":\"structAnchorRegistry.Anchor[]\",\"name\":\"anchors\",\"type\":\"tuple[]\"},{\"internalType\":\"uint64\",\"name\":\"fence_\",\"type\":\"uint64\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"blockHashAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"canonicalHash\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"hash\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"commitmentAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"directoryRoot\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"historyRoot\",\"type\":\"bytes32\"}],\"internalType\":\"structAnchorRegistry.Anchor\",\"name\":\"a\",\"type\":\"tuple\"}],\"name\":\"computeCommitment\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"fence\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"isAnchored\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"isAnchorer\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"offerOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"owner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"pendingOwner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bool\",\"name\":\"allowed\",\"type\":\"bool\"}],\"name\":\"setAnchorer\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"takeOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "AnchorRegistry",
	Bin: "0x6080604052348015600e575f5ffd5b505f80546001600160a01b03191633908117825560405190917fdc3c82f4776932041f15a08f769aadd6ed44c2a975e64bbf0fde8cf812f8b6b891a2335f81815260026020908152604091829020805460ff1916600190811790915591519182527f58194d465adc081c8ca38a8a3c3d6bb6fca0bad31216f20c504878408f1ef6c9910160405180910390a2612a30806100a75f395ff3fe608060405234801561000f575f5ffd5b50600436106100f0575f3560e01c80638da5cb5b11610093578063e30c397811610063578063e30c397814610234578063ec8fbb3f14610254578063f326b25614610267578063f33a513e14610290575f5ffd5b80638da5cb5b146101d75780638e3e92f2146101f65780638eaaf6e314610209578063935e6b731461022b575f5ffd5b8063411ba6ed116100ce578063411ba6ed14610152578063605361721461017e57806372cb2273146101865780637c362cad146101c4575f5ffd5b80630c5be310146100f457806315c321671461011a57806320eb5b0c1461013d575b5f5ffd5b61010761010236600461286c565b6102d5565b6040519081526020015b60405180910390f35b61012d6101283660046128a1565b6102ed565b6040519015158152602001610111565b61015061014b3660046128c9565b61031b565b005b610107610160366004612948565b67ffffffffffffffff165f9081526003602052604090206001015490565b610150610504565b61019f71f90827f1c53a10cb7a02335b17532000293581565b60405173ffffffffffffffffffffffffffffffffffffffff9091168152602001610111565b6101076101d2366004612948565b6105b7565b5f5461019f9073ffffffffffffffffffffffffffffffffffffffff1681565b610150610204366004612984565b6106bd565b61012d610217366004612984565b60026020525f908152604090205460ff1681565b61010761010481565b60015461019f9073ffffffffffffffffffffffffffffffffffffffff1681565b61015061026236600461299d565b61077f565b610107610275366004612948565b67ffffffffffffffff165f9081526003602052604090205490565b6001546102bc9074010000000000000000000000000000000000000000900467ffffffffffffffff1681565b60405167ffffffffffffffff9091168152602001610111565b5f6102e7826102e261085a565b611ad2565b92915050565b5f8115801590610314575067ffffffffffffffff83165f9081526003602052604090205482145b9392505050565b335f9081526002602052604090205460ff1661036a576040517f0e5e5f6f0000000000000000000000000000000000000000000000000000000081523360048201526024015b60405180910390fd5b60015467ffffffffffffffff74010000000000000000000000000000000000000000909104811690821610156103fd576001546040517fd836b0d200000000000000000000000000000000000000000000000000000000815267ffffffffffffffff8381166004830152740100000000000000000000000000000000000000009092049091166024820152604401610361565b60015467ffffffffffffffff74010000000000000000000000000000000000000000909104811690821611156104b257600180547fffffffff0000000000000000ffffffffffffffffffffffffffffffffffffffff167401000000000000000000000000000000000000000067ffffffffffffffff8416908102919091179091556040519081527f4157041bd15f91dad19af196ec56aac82c9164e866fe8bb6047005a55aa6a3249060200160405180910390a15b5f8290036104bf57505050565b5f6104c861085a565b90505f5b838110156104fd576104f58585838181106104e9576104e96129d6565b90506080020183611c84565b6001016104cc565b5050505050565b60015473ffffffffffffffffffffffffffffffffffffffff163314610557576040517fa09b9a43000000000000000000000000000000000000000000000000000000008152336004820152602401610361565b5f8054337fffffffffffffffffffffffff0000000000000000000000000000000000000000918216811783556001805490921690915560405190917fdc3c82f4776932041f15a08f769aadd6ed44c2a975e64bbf0fde8cf812f8b6b891a2565b67ffffffffffffffff811640801515806105db5750438267ffffffffffffffff1610155b156105e557919050565b6040805167ffffffffffffffff841660208201525f91829171f90827f1c53a10cb7a02335b1753200029359101604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08184030181529082905261064a91612a03565b5f60405180830381855afa9150503d805f8114610682576040519150601f19603f3d011682016040523d82523d5f602084013e610687565b606091505b509150915081801561069a575080516020145b156106b657808060200190518101906106b39190612a19565b92505b5050919050565b5f5473ffffffffffffffffffffffffffffffffffffffff16331461070f576040517f245aecd3000000000000000000000000000000000000000000000000000000008152336004820152602401610361565b600180547fffffffffffffffffffffffff00000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff831690811790915560405133907f278a93ce3591db94ed65bf1107826228ec69e444fbe2006b25e1ba8f18955b7f905f90a350565b5f5473ffffffffffffffffffffffffffffffffffffffff1633146107d1576040517f245aecd3000000000000000000000000000000000000000000000000000000008152336004820152602401610361565b73ffffffffffffffffffffffffffffffffffffffff82165f8181526002602090815260409182902080547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff001685151590811790915591519182527f58194d465adc081c8ca38a8a3c3d6bb6fca0bad31216f20c504878408f1ef6c9910160405180910390a25050565b5f611acd60408051610f20810182527f0dad22d08a6b8d81d4a5ffc34b9677a7c5254c85e953551f9eba9a0a97590c1081527f03cfc441111f1bab6e75957b9f0274e92d17aefc2d8da460435dfaf259bd103960208201527f27c6d1b8a2e2ce670376cd2970192a2a08e4290883f6ca49e7976c6c447d6392918101919091527f28f2882b9abfda8efc2d121da0c871d2d5313a53c67d0407eef4e93ee23e6c2d60608201527f0a3943390fe4939fa2e931e18094c7c93aa107ced2bfaefcfe5e613a3f1262d560808201527f2a8f37d8da8f2319e188f8909007408b57fba3555bb784c1ad6c7b075580545660a08201527f0cef8658e33f20c39649528f353ef5d03198c75683f8493534add693a4ff4f0f60c08201527f1cdc2a6f0f0e7c6c62ee1c0cad4fd11363a48db7095171faaf9a7b6e01c3e52b60e08201527f0a2e681a2db19c8d1cfb0c28f0b7b3d9830d35fca8c0b076b4e64328060139d66101008201527f16f013cd703be7de16b4361ce5c67cc2997f858e8a808885da67fbafd30d27176101208201527f29af57131c9cf548be669fe76c675e6d90bee17a76cccf4ddc5d35f9a936ebb86101408201527f21807b1ec6258bb155ed159da90b815dee119eae8138b1bdf950111bf5205b3b6101608201527f07c00db8c50a8c860fbcb8ebd234a54350bdbcb8747891a4e5adab1c4abc69096101808201527f22bc08fc054d08a3dbb6094396d0de373a4c33205c49a1254cf25ebec17477656101a08201527f2dad58bdf3e24c78f21146de084d9b8afad58956fedce67d43f7d375a813bb2e6101c08201527f292cee6bc19a64dc5a8a74036e676e238f60b4577db86213ced417906f1d6e916101e08201527f27d655ae125928ad6b48bba54593b74ca0c23002b32a0a9ef375939a22387a8c6102008201527f0e0e2e781fe9ac0a97f0d961c7b359a415d1ead41c99eccee90e56b68fbfa2a86102208201527f13fec23e678d1c9943b6daed8ed8212289116ab96344ded7ced8aac2f09f16726102408201527f27550dd21647e37fc31640684e02cb07810669b1c1545443fd58204b2cde73c26102608201527f1de6d5f356a92c48c7b9f6aa45c8a6216e0a6adbc799c0bec242054674cb8f096102808201527f14c5347c4580363f74c885d1fbb378c61d953e490892b10baf84f6e1f3a3f39d6102a08201527f27f2768023c4df7952ca0d967f14034e98c4ca76973ae1cddfccd212cbd786836102c08201527f1f4f499fc4853f7e189ad6d2269c467f77e15bbd28963c516b4fbf1ba7b88f956102e08201527f0d62ba9a8de3b97c72a5425a97a7f027fbad23f299ff46bafa12dcffb0e72bf16103008201527f22b649ae468f20c7cbfb435d932ba9ba4be14ea40c0c54e6bec970ab4c513f046103208201527f03a1aae439e47e7e14186d5513da5e263e063a3da6d042c16e55cab2e81a8e956103408201527f25c7eee1fce422600f5b1e78323f2e99cceee803f62763217eadbd046c1e0e6c6103608201527f1c66258f103a955274ed71de56169bba34ff6aea97a2c32b98805dc3b011a3836103808201527f29403b00757a647671a3691094aef420ad830f95743d45894d6d7f40aa356e4b6103a08201527f13496363ef5f7d0e91fd1319fd5dc0269c5190d05d8a0ad28a3ce0638a133e0e6103c08201527f1c6a4586c15c4638a1686921d7c204e2b6e1a88c1fc49dcfb87ded2a1ed7edc56103e08201527f0da23df12d0bf47bb92f15ee189386c20f552d0bc66ae492b92d69556b2fe75a6104008201527f155be88bc5ddf8e0c6c741286cdd5ddd559279a455b9bbb61d5a0b004e545d5e6104208201527f0553fbb5b32db860e0bb12cef3aab4e0dbbdb1ea8704d335a18fa8b4df112c366104408201527f12f6a3a61a3139221cb5875cf455b942580c00942499932dfcacf6f75cb80ad66104608201527f2faf9e95457781b3c61de8a1faadda67f76f52bb81255fac8819bcc104071e056104808201527f1c7639cb68d3cfa69f3d795d1a1dd4eba176d0c29701e7b677ea0750b4ccd1db6104a08201527f0d9d85a46281f81502fbcfb430f4d08ab504c502d2feae2ab4a26d87bebea0dd6104c08201527ea9b7074ea11d9931cf4af16952f398777aaa36413df14cedc101c7693812d36104e08201527f07fab349ddb7d62a5edc0b6a62b300715634e5dccab808d8fa6ae62b406705a36105008201527f11f8f3afbd6fe6bda7d055a536ab3de9c40c8155b31d397f63ef21ac974cf52d6105208201527e07c569f8f49899805d22a1930883968a3cf058993e0adfd06da437ae50e8306105408201527f15dfb18bf1b6087c0e638f2189a7b34534549ffe8fca5afccf7e528a3338cc926105608201527f2140caa062d2fa72722ad48fb71bbc9f534043dab90dfa24b96664eaa2f0ac6a6105808201527f11c06fe4e5398d4704271b84e6023b07b189dd1d2023dd599b33defe4251b7156105a08201527f0775f90bae5f8f8157eb73bbc7ae69b74d44761cf0df3b4666eeb2860878c0df6105c08201527f0225befb64b758b837a4305e104d5e510d893653559d8768dc79325ff89d6b9f6105e08201527f201a730245d9227f1232cc02f486c18cfa1fba40665ed3d1bbbdcd19b03cac4f6106008201527f128b63b12a6647f80c686aaab15b0563c1a33f475dc18caa434ab64f1e290acb6106208201527f0a34ce8153d4e2e1158de05d276530cf3c749c16c7e09f3b671a973b0efb08396106408201527f2809c5d323665513c8c4a96ea4dc08e3aba43699bca1198f2b559915082495ce6106608201527f23b929e7d71fe425f36f32975e9a68bbf83c16622678f061ed78a0c9ce318be36106808201527f1ca1a93d02ae448ab773f95c6b88c0d01f89c0c3d25ad625042771dd5a7e74a96106a08201527f03c7381ccdfd209a8cba5627a058c33f472b24d2b1a55d9dd47f60dc7b474e7e6106c08201527ebe1a29bb668a25eaedffccef6c01c90688229e8fc4be9812e371d4d61c30156106e08201527f2c821bfbd5c415fc076fc83895edab9e5256ee826946a865b8c82f0189af46266107008201527f0b8ff5b252182f6a15cff90144c1e7ac1678739882c90fe46d0a29db7a0cba776107208201527f1c0e94b15306baf1b017623888b8d4c5402ee81fd213c4a5e42f52729deb7d5c6107408201527f2031deb0f13ce17a5b44edbacf5a0410e23348c2c7657383a8ffdeb5c5ca1cd46107608201527f0e34d14f44e8eb98ac078ec90eb718c3034249fbaeb13d24f3d5b6a4002018ac6107808201527f2a10f1b76f8b1cc429820030c58b3d23ebfb775a43b07928b9868891c2cb4cca6107a08201527f0535bf4f7fb763f981d2c0c7ecd2237a461ac385e2235fb35222b512f1dbd1b76107c08201527f12ccb3fbffeff74fb7ce3b9943f609dc0d7fe34e3b5e6b199628e86d5576cc186107e08201527f1f44cd78220a2e66be6c9eb3bcffc498a47f22c3eb476591cf456d518e3e126c6108008201527f1d60e9e3444a748b8c22d7d10e825c536290b723fcdfa046436353d6f9abc0736108208201527f05a3ccc67bd014ef2544927f9b96ff58e348954e40af67861ab88d78ff4b66886108408201527f1be5b195896e9ec23b9d3eb898734c385272ed64bdcb236223f5a3436986dc6d6108608201527f1d6427dd07a0b46a8ebacaa82e8c04de8e7e94a18849c9275b8b4827a873cdab6108808201527f2f09a403f946b692704fe4d5ae69625441c93a7f93dcb4f8f7d337baa735ad9a6108a08201527f1807540511593488e084b7297b6ff67b748c71731b6ca64aa8d3823e81f41b376108c08201527f0f1daab7a702ac80d108b24845bda04b732f3564ebe57392e470380199522e1d6108e08201527f1797d0f72bf0b47a45ceaf82df261439bc5e3b0ae55cf1069733d5a0b51765ca6109008201527f2adbb9b4003631c5e3d02ce959930c75d4d25281c86febc61dfdf35e00cfbdad6109208201527f1347ad87393ef928d2800fa2a548328ef9bddf5646da79d507d2f2055db335d66109408201527f15658e02d31e2c200dadf6a985652eccd30cb959168cde7b74c7239539d2df1e6109608201527f01f00dc28bced12a74c3ce687dd3fa996d6f8bb29bc60cda4f3aed191a6fe8d06109808201527f154ebcc230244b68b9a8f51a56ff0541a92ea2cbb3e77b263cb03a8bd89491f76109a08201527f1f65f74b523a8c875885378e93d1946c7a3f810e2eecdea94b80c4f741ea6cf96109c08201527f2504a559a4bd23ed689acc9b6cb4062479a6b29692e2b8cce40058daf05057786109e08201527f24496d9926e4e565ef860e52396a2935689c87ca99abd046bc279ce1bfc43206610a008201527f2c9ccd22b143f4d8d483846d1960e7144a5c9354ea48cd1a71bdc82fbb929838610a208201527f2b9bd02e1b064a8db321a1cd212a7a6dc47274f6eb5fcfa4f17d6f690dddf8c4610a408201527f0b21f0004118382f32fe441fbf36c0a38ae41873ae42d3b6ea5f0c6816e00472610a608201527f10756efb491852587059f3e48b605a3bebabaab0a1ee5ff1758eb30623b7602c610a808201527f127574a38823886d1f4841b540e29d67efe35aa8b3c685f969b6bc6cbab5064a610aa08201527f24751d620ed2a3db4382265b8c33b666b85beae7aa87f38e28bd2f8d637ff9d0610ac08201527f2e3d7208892e8a92e887fccccfe04d8d0fe994bc443641a9fc76c43da02f453d610ae08201527f11c3f6719071e6810699be20e1b1858b9ed00d8166bf15434cd5e43507b9d62b610b008201527eb86112693a4e7f3ac4eadfcc3f04d24a7afe51a87f82d4a435ad27f30aa2f9610b208201527f1a77348400a87f0180e294286a7a06c857f590e8ed17eed7a6b4cc1ca5a97929610b408201527f207feb0ffff2e419bc967dd544abbdd2dcc601316f49957f2319c9a04f56157d610b608201527f0df4aac4e6483265aa3fc462835a90380bc84004fc46d1a85e61baed3196ba48610b808201527f2f2df3db6ed0e27d3151201dfe7f57fc2e5ccc69c2458535dbdbb5d88aeabb4f610ba08201527f2f51811c3568dbae396f86838c5c8b1bbf9b5bcb2ce98542e289184b95f74b7e610bc08201527f1198ec466dc8c3f55b048369eac0490e835928891325d4cf4461da1d22230219610be08201527f19036827eb0714a1ee4fdd653d8667df192402e290dfdfc39bf005fdfa86c043610c008201527f0978d774018c29f2818df365312371ce4082a6c8c52d2a965516b76436349069610c208201527f231ed2d94767eb9ace111af9317b233fee037214e3f6d7e366a5812c8fd1dce5610c408201527f0fbd8502ceba8ab93eb04d1db535d25f4c3be8acac4e8e0467b9d606653456c2610c608201527f20e9fac35dda464e436a4d2eae4cdd5b52c9b712d5b4bfa43334463f8478d4bb610c808201527f15ba9fc4b175278a12a5ab39ee0121b06dd09b923bdedb69a26182821445ba00610ca08201527f0c3c9aec9048b10a06d062675b63417a1ae8704f2918382466bf575e22a654d3610cc08201527f2795a46eb4c79595a9de2191c524f0aaf92f764153b23c357ed50bf3a91cddf0610ce08201527f10ab7893c4253d861276ea30f229eb86b90c69985fb6dde4aa50e24828caa81a610d008201527f2d4509d8159af62c44503f64fc01e953e90c6dced8ba75c58df2aa090a5fd359610d208201527f157946957f4feb94eae09b9a6c272204d107ea7b0e31b67524a6c9ee7f04e7b9610d408201527f30464efe02b65b862f9a0b59fea6d6934b393e65cdc3d29ae67a751a0d0f136a610d608201527f0965b3a2d05666d38ffcdac4e5ed020c742ba41d760e70f74dcd8f8b1324c901610d808201527f24531c784663d57639928f0a8f152038a779eebbd70f6585dacc971668ebec55610da08201527f2202070df8f85b79bf7debf24a9cc0f2cf30370f26a9372e01718dae7cb6171d610dc08201527f08282fc0baa2e9eb76167b9ab2405db9c78f1f37b168be6435d5385a806e745a610de08201527f178c3d6e47cd33e5570311ec8ad8dbca0dbf54aadd1393738d898384c57795e7610e008201527f12ad905f9d82f33643b1fefb90dcefffeb818d1ec3f4fc3d6857203eff5ed1ea610e208201527f229682c9e4165b6ed1a2870c14a1c8bb7b1c7d3b52f42ce0228b85480666b4c4610e408201527f25190d853744dc11d155de5e479640302a333d47cf18dbf1ff241ce42c88d4c9610e608201527edb47fadc76bf4fd8dcfe26908fe48ab42d399da939ac1f167ca8600cfbe7bc610e808201527f2ba5e88adcbe025760f2c8654935f0557d14c6d4125a838f312f2ba439e2e94c610ea08201527f1376bbae85699dcc294f850c858b4b370e51ff3139bc3e0a1e52eb58d08ca41b610ec08201527f1333fda1e3d58e0747f5c7361d5075526933ea283eee2ac37b6042c6083b6a42610ee08201527f28bfc4dc9594e9add687744b79f4feb979e2143d742d4e4d1d5bb64bb799a02a610f0082015290565b905090565b5f7f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001604084013510611b3657604080517f01821755000000000000000000000000000000000000000000000000000000008152908401356004820152602401610361565b7f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001606084013510611b99576040517f0182175500000000000000000000000000000000000000000000000000000000815260608401356004820152602401610361565b60408301355f03611bf057611bb16020840184612948565b6040517f3e4c283e00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610361565b5f6040518061010001604052806101048152602001468152602001855f016020810190611c1d9190612948565b67ffffffffffffffff168152602086810135608081811c928401929092526fffffffffffffffffffffffffffffffff16604080840191909152870135606080840191909152870135908201525f60a0909101529050611c7c8184611ede565b949350505050565b5f611c956101d26020850185612948565b90505f819003611ceb57611cac6020840184612948565b6040517fa0c6899b00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610361565b80836020013514611d5357611d036020840184612948565b6040517f4b53adcb00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff90911660048201526020840135602482015260448101829052606401610361565b5f611d5e8484611ad2565b90505f600381611d716020880188612948565b67ffffffffffffffff16815260208101919091526040015f208054909150828103611d9e57505050505050565b8015611e605783826001015403611e0257611dbc6020870187612948565b6040517f41a7955300000000000000000000000000000000000000000000000000000000815267ffffffffffffffff909116600482015260248101829052604401610361565b611e0f6020870187612948565b67ffffffffffffffff167f1d1810dcbee0c23242352789304e372cbc7e07a96dfc22056a1dd1c8a0674ce2836001015483604051611e57929190918252602082015260400190565b60405180910390a25b8282556001820184905583611e786020880188612948565b67ffffffffffffffff167f172b454c9d3d0127f1a84c9c1c0c261e8a5b0e00cbde1af598c15afad329b9748589604001358a60600135604051611ece939291909283526020830191909152604082015260600190565b60405180910390a3505050505050565b5f8251602084015160408501516060860151608087015160a088015160c089015160e08a0151895f5b5087890199508587019780018801979580018a01957f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001878183800180080890507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000189818d80018008089a507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018b880899507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001818a088587019b9950975095508183019380018401939180018a01917f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001838183800180080890507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000185818d80018008089a507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018b840895507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018186088a87019a8b019a8a8d019a8b019a8a83019a8b019a8a85019a8b019a9290990198908e019750909101945090810192507ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc008c830301612461577f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001880697507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001860695507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018406935061072082015b8083101561245f5782518b019a507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018b8c0991507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018b7f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001848509099a507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000180858701888a01087f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018a8c018d8f0108089150817f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000017f05bffb5e301d8c468c35e24eb2165b6b71725fb7ac9a48efe5ce041bdb05676d8d09019a50817f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000017f2aa7a81812688343fc6d78073312996d75f4c5505db0ed22af5ec0df7888cdc78c09019950817f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000017f2f5856fd71dab60d78cc3af15a89c1e4d61ba189849a4cea10acc1dd228faf008b09019850817f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000017f12299a260999ac95d271e184968cda40bd4358877a6dcf43d779251fffa613488a09019750817f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000017f1443aad4693d692a62a8e21f03d5643a123f0c8783a3d27c275f9d01089685fb8909019650817f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000017f21561b0204a44488082e31472f5885a3adc179bb278233aedc4b316369ec99378809019550817f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000017f0c7cc2afa53f9898f30a69b294a4e24f6b2176e1ae0ca49b021792d55e34e97d8709019450817f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000017f2dd221096053de389fae88e7caa5c43ab55e22aeb758ee130d1246c1dff47b538609019350602083019250612143565b505b610f208c018203156128365781518a0199507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018a8b0990507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018a7f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018384090999506020820151890198507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001898a0990507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001897f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018384090998506040820151880197507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000188890990507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001887f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018384090997506060820151870196507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000187880990507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001877f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018384090996506080820151860195507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000186870990507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001867f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000183840909955060a0820151850194507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000185860990507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001857f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000183840909945060c0820151840193507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000184850990507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001847f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000183840909935060e0820151830192507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000183840990507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001837f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000183840909925061010082019150611f07565b5050505050505050507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000184518208949350505050565b5f608082840312801561287d575f5ffd5b509092915050565b803567ffffffffffffffff8116811461289c575f5ffd5b919050565b5f5f604083850312156128b2575f5ffd5b6128bb83612885565b946020939093013593505050565b5f5f5f604084860312156128db575f5ffd5b833567ffffffffffffffff8111156128f1575f5ffd5b8401601f81018613612901575f5ffd5b803567ffffffffffffffff811115612917575f5ffd5b8660208260071b840101111561292b575f5ffd5b60209182019450925061293f908501612885565b90509250925092565b5f60208284031215612958575f5ffd5b61031482612885565b803573ffffffffffffffffffffffffffffffffffffffff8116811461289c575f5ffd5b5f60208284031215612994575f5ffd5b61031482612961565b5f5f604083850312156129ae575f5ffd5b6129b783612961565b9150602083013580151581146129cb575f5ffd5b809150509250929050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b5f82518060208501845e5f920191825250919050565b5f60208284031215612a29575f5ffd5b505191905056",
}

// AnchorRegistry is an auto generated Go binding around an Ethereum contract.
type AnchorRegistry struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *AnchorRegistry) GetABI() abi.ABI {
	return c.abi
}

// NewAnchorRegistry creates a new instance of AnchorRegistry.
func NewAnchorRegistry() *AnchorRegistry {
	parsed, err := AnchorRegistryMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &AnchorRegistry{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *AnchorRegistry) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackCOMMITTAG is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x935e6b73.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function COMMIT_TAG() view returns(uint256)
func (anchorRegistry *AnchorRegistry) PackCOMMITTAG() []byte {
	enc, err := anchorRegistry.abi.Pack("COMMIT_TAG")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCOMMITTAG is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x935e6b73.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function COMMIT_TAG() view returns(uint256)
func (anchorRegistry *AnchorRegistry) TryPackCOMMITTAG() ([]byte, error) {
	return anchorRegistry.abi.Pack("COMMIT_TAG")
}

// UnpackCOMMITTAG is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x935e6b73.
//
// Solidity: function COMMIT_TAG() view returns(uint256)
func (anchorRegistry *AnchorRegistry) UnpackCOMMITTAG(data []byte) (*big.Int, error) {
	out, err := anchorRegistry.abi.Unpack("COMMIT_TAG", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackHISTORYSTORAGE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x72cb2273.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function HISTORY_STORAGE() view returns(address)
func (anchorRegistry *AnchorRegistry) PackHISTORYSTORAGE() []byte {
	enc, err := anchorRegistry.abi.Pack("HISTORY_STORAGE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHISTORYSTORAGE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x72cb2273.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function HISTORY_STORAGE() view returns(address)
func (anchorRegistry *AnchorRegistry) TryPackHISTORYSTORAGE() ([]byte, error) {
	return anchorRegistry.abi.Pack("HISTORY_STORAGE")
}

// UnpackHISTORYSTORAGE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x72cb2273.
//
// Solidity: function HISTORY_STORAGE() view returns(address)
func (anchorRegistry *AnchorRegistry) UnpackHISTORYSTORAGE(data []byte) (common.Address, error) {
	out, err := anchorRegistry.abi.Unpack("HISTORY_STORAGE", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackAnchor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x20eb5b0c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function anchor((uint64,bytes32,bytes32,bytes32)[] anchors, uint64 fence_) returns()
func (anchorRegistry *AnchorRegistry) PackAnchor(anchors []AnchorRegistryAnchor, fence uint64) []byte {
	enc, err := anchorRegistry.abi.Pack("anchor", anchors, fence)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnchor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x20eb5b0c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function anchor((uint64,bytes32,bytes32,bytes32)[] anchors, uint64 fence_) returns()
func (anchorRegistry *AnchorRegistry) TryPackAnchor(anchors []AnchorRegistryAnchor, fence uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("anchor", anchors, fence)
}

// PackBlockHashAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x411ba6ed.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function blockHashAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) PackBlockHashAt(height uint64) []byte {
	enc, err := anchorRegistry.abi.Pack("blockHashAt", height)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBlockHashAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x411ba6ed.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function blockHashAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) TryPackBlockHashAt(height uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("blockHashAt", height)
}

// UnpackBlockHashAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x411ba6ed.
//
// Solidity: function blockHashAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) UnpackBlockHashAt(data []byte) ([32]byte, error) {
	out, err := anchorRegistry.abi.Unpack("blockHashAt", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCanonicalHash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7c362cad.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function canonicalHash(uint64 height) view returns(bytes32 hash)
func (anchorRegistry *AnchorRegistry) PackCanonicalHash(height uint64) []byte {
	enc, err := anchorRegistry.abi.Pack("canonicalHash", height)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCanonicalHash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7c362cad.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function canonicalHash(uint64 height) view returns(bytes32 hash)
func (anchorRegistry *AnchorRegistry) TryPackCanonicalHash(height uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("canonicalHash", height)
}

// UnpackCanonicalHash is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7c362cad.
//
// Solidity: function canonicalHash(uint64 height) view returns(bytes32 hash)
func (anchorRegistry *AnchorRegistry) UnpackCanonicalHash(data []byte) ([32]byte, error) {
	out, err := anchorRegistry.abi.Unpack("canonicalHash", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCommitmentAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf326b256.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function commitmentAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) PackCommitmentAt(height uint64) []byte {
	enc, err := anchorRegistry.abi.Pack("commitmentAt", height)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCommitmentAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf326b256.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function commitmentAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) TryPackCommitmentAt(height uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("commitmentAt", height)
}

// UnpackCommitmentAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf326b256.
//
// Solidity: function commitmentAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) UnpackCommitmentAt(data []byte) ([32]byte, error) {
	out, err := anchorRegistry.abi.Unpack("commitmentAt", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackComputeCommitment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0c5be310.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function computeCommitment((uint64,bytes32,bytes32,bytes32) a) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) PackComputeCommitment(a AnchorRegistryAnchor) []byte {
	enc, err := anchorRegistry.abi.Pack("computeCommitment", a)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackComputeCommitment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0c5be310.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function computeCommitment((uint64,bytes32,bytes32,bytes32) a) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) TryPackComputeCommitment(a AnchorRegistryAnchor) ([]byte, error) {
	return anchorRegistry.abi.Pack("computeCommitment", a)
}

// UnpackComputeCommitment is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0c5be310.
//
// Solidity: function computeCommitment((uint64,bytes32,bytes32,bytes32) a) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) UnpackComputeCommitment(data []byte) ([32]byte, error) {
	out, err := anchorRegistry.abi.Unpack("computeCommitment", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackFence is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf33a513e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function fence() view returns(uint64)
func (anchorRegistry *AnchorRegistry) PackFence() []byte {
	enc, err := anchorRegistry.abi.Pack("fence")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFence is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf33a513e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function fence() view returns(uint64)
func (anchorRegistry *AnchorRegistry) TryPackFence() ([]byte, error) {
	return anchorRegistry.abi.Pack("fence")
}

// UnpackFence is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf33a513e.
//
// Solidity: function fence() view returns(uint64)
func (anchorRegistry *AnchorRegistry) UnpackFence(data []byte) (uint64, error) {
	out, err := anchorRegistry.abi.Unpack("fence", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackIsAnchored is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15c32167.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isAnchored(uint64 height, bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) PackIsAnchored(height uint64, commitment [32]byte) []byte {
	enc, err := anchorRegistry.abi.Pack("isAnchored", height, commitment)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsAnchored is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15c32167.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isAnchored(uint64 height, bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) TryPackIsAnchored(height uint64, commitment [32]byte) ([]byte, error) {
	return anchorRegistry.abi.Pack("isAnchored", height, commitment)
}

// UnpackIsAnchored is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x15c32167.
//
// Solidity: function isAnchored(uint64 height, bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) UnpackIsAnchored(data []byte) (bool, error) {
	out, err := anchorRegistry.abi.Unpack("isAnchored", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackIsAnchorer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8eaaf6e3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isAnchorer(address account) view returns(bool)
func (anchorRegistry *AnchorRegistry) PackIsAnchorer(account common.Address) []byte {
	enc, err := anchorRegistry.abi.Pack("isAnchorer", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsAnchorer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8eaaf6e3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isAnchorer(address account) view returns(bool)
func (anchorRegistry *AnchorRegistry) TryPackIsAnchorer(account common.Address) ([]byte, error) {
	return anchorRegistry.abi.Pack("isAnchorer", account)
}

// UnpackIsAnchorer is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8eaaf6e3.
//
// Solidity: function isAnchorer(address account) view returns(bool)
func (anchorRegistry *AnchorRegistry) UnpackIsAnchorer(data []byte) (bool, error) {
	out, err := anchorRegistry.abi.Unpack("isAnchorer", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackOfferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e3e92f2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function offerOwnership(address to) returns()
func (anchorRegistry *AnchorRegistry) PackOfferOwnership(to common.Address) []byte {
	enc, err := anchorRegistry.abi.Pack("offerOwnership", to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOfferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e3e92f2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function offerOwnership(address to) returns()
func (anchorRegistry *AnchorRegistry) TryPackOfferOwnership(to common.Address) ([]byte, error) {
	return anchorRegistry.abi.Pack("offerOwnership", to)
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (anchorRegistry *AnchorRegistry) PackOwner() []byte {
	enc, err := anchorRegistry.abi.Pack("owner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function owner() view returns(address)
func (anchorRegistry *AnchorRegistry) TryPackOwner() ([]byte, error) {
	return anchorRegistry.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (anchorRegistry *AnchorRegistry) UnpackOwner(data []byte) (common.Address, error) {
	out, err := anchorRegistry.abi.Unpack("owner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pendingOwner() view returns(address)
func (anchorRegistry *AnchorRegistry) PackPendingOwner() []byte {
	enc, err := anchorRegistry.abi.Pack("pendingOwner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pendingOwner() view returns(address)
func (anchorRegistry *AnchorRegistry) TryPackPendingOwner() ([]byte, error) {
	return anchorRegistry.abi.Pack("pendingOwner")
}

// UnpackPendingOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe30c3978.
//
// Solidity: function pendingOwner() view returns(address)
func (anchorRegistry *AnchorRegistry) UnpackPendingOwner(data []byte) (common.Address, error) {
	out, err := anchorRegistry.abi.Unpack("pendingOwner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackSetAnchorer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xec8fbb3f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setAnchorer(address account, bool allowed) returns()
func (anchorRegistry *AnchorRegistry) PackSetAnchorer(account common.Address, allowed bool) []byte {
	enc, err := anchorRegistry.abi.Pack("setAnchorer", account, allowed)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetAnchorer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xec8fbb3f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setAnchorer(address account, bool allowed) returns()
func (anchorRegistry *AnchorRegistry) TryPackSetAnchorer(account common.Address, allowed bool) ([]byte, error) {
	return anchorRegistry.abi.Pack("setAnchorer", account, allowed)
}

// PackTakeOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60536172.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function takeOwnership() returns()
func (anchorRegistry *AnchorRegistry) PackTakeOwnership() []byte {
	enc, err := anchorRegistry.abi.Pack("takeOwnership")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTakeOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60536172.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function takeOwnership() returns()
func (anchorRegistry *AnchorRegistry) TryPackTakeOwnership() ([]byte, error) {
	return anchorRegistry.abi.Pack("takeOwnership")
}

// AnchorRegistryAnchorReplaced represents a AnchorReplaced event raised by the AnchorRegistry contract.
type AnchorRegistryAnchorReplaced struct {
	Height     uint64
	BlockHash  [32]byte
	Commitment [32]byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryAnchorReplacedEventName = "AnchorReplaced"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryAnchorReplaced) ContractEventName() string {
	return AnchorRegistryAnchorReplacedEventName
}

// UnpackAnchorReplacedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event AnchorReplaced(uint64 indexed height, bytes32 blockHash, bytes32 commitment)
func (anchorRegistry *AnchorRegistry) UnpackAnchorReplacedEvent(log *types.Log) (*AnchorRegistryAnchorReplaced, error) {
	event := "AnchorReplaced"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryAnchorReplaced)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// AnchorRegistryAnchored represents a Anchored event raised by the AnchorRegistry contract.
type AnchorRegistryAnchored struct {
	Height        uint64
	BlockHash     [32]byte
	Commitment    [32]byte
	DirectoryRoot [32]byte
	HistoryRoot   [32]byte
	Raw           *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryAnchoredEventName = "Anchored"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryAnchored) ContractEventName() string {
	return AnchorRegistryAnchoredEventName
}

// UnpackAnchoredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Anchored(uint64 indexed height, bytes32 indexed blockHash, bytes32 commitment, bytes32 directoryRoot, bytes32 historyRoot)
func (anchorRegistry *AnchorRegistry) UnpackAnchoredEvent(log *types.Log) (*AnchorRegistryAnchored, error) {
	event := "Anchored"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryAnchored)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// AnchorRegistryAnchorerSet represents a AnchorerSet event raised by the AnchorRegistry contract.
type AnchorRegistryAnchorerSet struct {
	Account common.Address
	Allowed bool
	Raw     *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryAnchorerSetEventName = "AnchorerSet"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryAnchorerSet) ContractEventName() string {
	return AnchorRegistryAnchorerSetEventName
}

// UnpackAnchorerSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event AnchorerSet(address indexed account, bool allowed)
func (anchorRegistry *AnchorRegistry) UnpackAnchorerSetEvent(log *types.Log) (*AnchorRegistryAnchorerSet, error) {
	event := "AnchorerSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryAnchorerSet)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// AnchorRegistryFenceRaised represents a FenceRaised event raised by the AnchorRegistry contract.
type AnchorRegistryFenceRaised struct {
	Fence uint64
	Raw   *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryFenceRaisedEventName = "FenceRaised"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryFenceRaised) ContractEventName() string {
	return AnchorRegistryFenceRaisedEventName
}

// UnpackFenceRaisedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event FenceRaised(uint64 fence)
func (anchorRegistry *AnchorRegistry) UnpackFenceRaisedEvent(log *types.Log) (*AnchorRegistryFenceRaised, error) {
	event := "FenceRaised"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryFenceRaised)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// AnchorRegistryOwnershipOffered represents a OwnershipOffered event raised by the AnchorRegistry contract.
type AnchorRegistryOwnershipOffered struct {
	From common.Address
	To   common.Address
	Raw  *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryOwnershipOfferedEventName = "OwnershipOffered"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryOwnershipOffered) ContractEventName() string {
	return AnchorRegistryOwnershipOfferedEventName
}

// UnpackOwnershipOfferedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipOffered(address indexed from, address indexed to)
func (anchorRegistry *AnchorRegistry) UnpackOwnershipOfferedEvent(log *types.Log) (*AnchorRegistryOwnershipOffered, error) {
	event := "OwnershipOffered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryOwnershipOffered)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// AnchorRegistryOwnershipTaken represents a OwnershipTaken event raised by the AnchorRegistry contract.
type AnchorRegistryOwnershipTaken struct {
	By  common.Address
	Raw *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryOwnershipTakenEventName = "OwnershipTaken"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryOwnershipTaken) ContractEventName() string {
	return AnchorRegistryOwnershipTakenEventName
}

// UnpackOwnershipTakenEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTaken(address indexed by)
func (anchorRegistry *AnchorRegistry) UnpackOwnershipTakenEvent(log *types.Log) (*AnchorRegistryOwnershipTaken, error) {
	event := "OwnershipTaken"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryOwnershipTaken)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (anchorRegistry *AnchorRegistry) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["AlreadyAnchored"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackAlreadyAnchoredError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["BlockHashMismatch"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackBlockHashMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["BlockNotAvailable"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackBlockNotAvailableError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["EmptyDirectory"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackEmptyDirectoryError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["FenceTooLow"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackFenceTooLowError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotAnchorer"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotAnchorerError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotFieldElement"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotFieldElementError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotOwner"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotPendingOwner"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotPendingOwnerError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// AnchorRegistryAlreadyAnchored represents a AlreadyAnchored error raised by the AnchorRegistry contract.
type AnchorRegistryAlreadyAnchored struct {
	Height     uint64
	Commitment [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyAnchored(uint64 height, bytes32 commitment)
func AnchorRegistryAlreadyAnchoredErrorID() common.Hash {
	return common.HexToHash("0x41a79553126d7e1b5cbf39c1c9cda0b5b18a2bbefaa77b48762e37c9897a70f4")
}

// UnpackAlreadyAnchoredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyAnchored(uint64 height, bytes32 commitment)
func (anchorRegistry *AnchorRegistry) UnpackAlreadyAnchoredError(raw []byte) (*AnchorRegistryAlreadyAnchored, error) {
	out := new(AnchorRegistryAlreadyAnchored)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "AlreadyAnchored", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryBlockHashMismatch represents a BlockHashMismatch error raised by the AnchorRegistry contract.
type AnchorRegistryBlockHashMismatch struct {
	Height    uint64
	Given     [32]byte
	Canonical [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BlockHashMismatch(uint64 height, bytes32 given, bytes32 canonical)
func AnchorRegistryBlockHashMismatchErrorID() common.Hash {
	return common.HexToHash("0x4b53adcbb08f4ff1b628df0636e0ab3e4951dded73d7fec88e35df02336498af")
}

// UnpackBlockHashMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BlockHashMismatch(uint64 height, bytes32 given, bytes32 canonical)
func (anchorRegistry *AnchorRegistry) UnpackBlockHashMismatchError(raw []byte) (*AnchorRegistryBlockHashMismatch, error) {
	out := new(AnchorRegistryBlockHashMismatch)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "BlockHashMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryBlockNotAvailable represents a BlockNotAvailable error raised by the AnchorRegistry contract.
type AnchorRegistryBlockNotAvailable struct {
	Height uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BlockNotAvailable(uint64 height)
func AnchorRegistryBlockNotAvailableErrorID() common.Hash {
	return common.HexToHash("0xa0c6899b85dfb0cea8675101256608355c778e42aacb98ae8fcf87718a76b6e6")
}

// UnpackBlockNotAvailableError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BlockNotAvailable(uint64 height)
func (anchorRegistry *AnchorRegistry) UnpackBlockNotAvailableError(raw []byte) (*AnchorRegistryBlockNotAvailable, error) {
	out := new(AnchorRegistryBlockNotAvailable)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "BlockNotAvailable", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryEmptyDirectory represents a EmptyDirectory error raised by the AnchorRegistry contract.
type AnchorRegistryEmptyDirectory struct {
	Height uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error EmptyDirectory(uint64 height)
func AnchorRegistryEmptyDirectoryErrorID() common.Hash {
	return common.HexToHash("0x3e4c283e13078f4196d6360dd15a56db705a7fcb7feea8ef329b3900cc35c81c")
}

// UnpackEmptyDirectoryError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error EmptyDirectory(uint64 height)
func (anchorRegistry *AnchorRegistry) UnpackEmptyDirectoryError(raw []byte) (*AnchorRegistryEmptyDirectory, error) {
	out := new(AnchorRegistryEmptyDirectory)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "EmptyDirectory", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryFenceTooLow represents a FenceTooLow error raised by the AnchorRegistry contract.
type AnchorRegistryFenceTooLow struct {
	Given   uint64
	Current uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FenceTooLow(uint64 given, uint64 current)
func AnchorRegistryFenceTooLowErrorID() common.Hash {
	return common.HexToHash("0xd836b0d2d1c6a651cbb3a100d28c8c722bc123beee6227e5305c241b9fb9ca77")
}

// UnpackFenceTooLowError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FenceTooLow(uint64 given, uint64 current)
func (anchorRegistry *AnchorRegistry) UnpackFenceTooLowError(raw []byte) (*AnchorRegistryFenceTooLow, error) {
	out := new(AnchorRegistryFenceTooLow)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "FenceTooLow", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotAnchorer represents a NotAnchorer error raised by the AnchorRegistry contract.
type AnchorRegistryNotAnchorer struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAnchorer(address caller)
func AnchorRegistryNotAnchorerErrorID() common.Hash {
	return common.HexToHash("0x0e5e5f6fb7b58e86a564686afc7a504f61673ce48074764f6af98ea30d68fcd6")
}

// UnpackNotAnchorerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAnchorer(address caller)
func (anchorRegistry *AnchorRegistry) UnpackNotAnchorerError(raw []byte) (*AnchorRegistryNotAnchorer, error) {
	out := new(AnchorRegistryNotAnchorer)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotAnchorer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotFieldElement represents a NotFieldElement error raised by the AnchorRegistry contract.
type AnchorRegistryNotFieldElement struct {
	Value [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotFieldElement(bytes32 value)
func AnchorRegistryNotFieldElementErrorID() common.Hash {
	return common.HexToHash("0x01821755f51cb728b6a8ca312e73bdf8f84a8f6a7b13bd3129858e44e1308c6c")
}

// UnpackNotFieldElementError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotFieldElement(bytes32 value)
func (anchorRegistry *AnchorRegistry) UnpackNotFieldElementError(raw []byte) (*AnchorRegistryNotFieldElement, error) {
	out := new(AnchorRegistryNotFieldElement)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotFieldElement", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotOwner represents a NotOwner error raised by the AnchorRegistry contract.
type AnchorRegistryNotOwner struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOwner(address caller)
func AnchorRegistryNotOwnerErrorID() common.Hash {
	return common.HexToHash("0x245aecd3fabbd17d6c3c92dc7f0ab916ea8cbf6fc1862c8b56893090ac3fff4c")
}

// UnpackNotOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOwner(address caller)
func (anchorRegistry *AnchorRegistry) UnpackNotOwnerError(raw []byte) (*AnchorRegistryNotOwner, error) {
	out := new(AnchorRegistryNotOwner)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotPendingOwner represents a NotPendingOwner error raised by the AnchorRegistry contract.
type AnchorRegistryNotPendingOwner struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotPendingOwner(address caller)
func AnchorRegistryNotPendingOwnerErrorID() common.Hash {
	return common.HexToHash("0xa09b9a43f5079ab76282436418880308d29eac5d371578b36d8ee3ff8e88597d")
}

// UnpackNotPendingOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotPendingOwner(address caller)
func (anchorRegistry *AnchorRegistry) UnpackNotPendingOwnerError(raw []byte) (*AnchorRegistryNotPendingOwner, error) {
	out := new(AnchorRegistryNotPendingOwner)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotPendingOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}
